package lab.product;

import java.time.Duration;

/**
 * The settings of an instance, for tests that start none.
 */
public final class Names {

	private Names() {
	}

	public static ProductProperties of(String instance, String topic) {
		return new ProductProperties(instance, "product", topic, "product_handled", "product_rebalances",
				topic + "-dlt", Duration.ZERO);
	}

}
