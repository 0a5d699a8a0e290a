package lab.order;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The id of an order, which clients and consumers may have stored: it must never change.
 */
class IdempotencyKeyTests {

	@Test
	void theOrdersIdIsANameBasedUuidOfTheKey() {
		assertThat(new IdempotencyKey("8e03978e-40d5-43e8-bc93-6894a57f9324").orderId())
			.hasToString("67923a3b-7d18-3d65-9db6-6a24c70b0bc2");
	}

	@Test
	void anotherKeyIsAnotherOrder() {
		assertThat(new IdempotencyKey("a").orderId()).isNotEqualTo(new IdempotencyKey("A").orderId());
	}

}
