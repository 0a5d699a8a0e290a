package lab.product.membership;

import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains in one sentence, instead of a stack trace, which setting Kafka's client
 * refuses at the start, such as a broker's name that does not resolve.
 */
class ClientSettingsFailureAnalyzer extends AbstractFailureAnalyzer<ConfigException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable failure, ConfigException cause) {
		return new FailureAnalysis("Kafka's client refuses its settings: " + cause.getMessage(),
				"Look at spring.kafka.* in product.yml, and at KAFKA_BOOTSTRAP_SERVERS in the environment.", failure);
	}

}
