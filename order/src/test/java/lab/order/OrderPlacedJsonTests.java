package lab.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.support.serializer.JacksonJsonSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The event's exact JSON, which is a contract with other programs.
 */
class OrderPlacedJsonTests {

	@Test
	void namesTheCustomer() {
		assertThat(json("김철수")).isEqualTo(
				"{\"id\":\"3f2a0f2e-6a3c-4a55-9a52-0d5b1c9f7e11\",\"message\":\"첫 주문 😀\",\"customerId\":\"김철수\",\"placedAt\":\"2026-11-01T09:30:00.120Z\"}");
	}

	@Test
	void leavesOutTheCustomerWhereNobodyIsNamed() {
		assertThat(json(null)).isEqualTo(
				"{\"id\":\"3f2a0f2e-6a3c-4a55-9a52-0d5b1c9f7e11\",\"message\":\"첫 주문 😀\",\"placedAt\":\"2026-11-01T09:30:00.120Z\"}");
	}

	private static String json(@Nullable String customerId) {
		OrderPlaced event = new OrderPlaced(UUID.fromString("3f2a0f2e-6a3c-4a55-9a52-0d5b1c9f7e11"), "첫 주문 😀",
				customerId, Instant.parse("2026-11-01T09:30:00.120Z"));
		try (JacksonJsonSerializer<OrderPlaced> serializer = new JacksonJsonSerializer<>()) {
			return new String(serializer.serialize("topic_example", event), StandardCharsets.UTF_8);
		}
	}

}
