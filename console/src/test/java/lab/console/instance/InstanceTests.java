package lab.console.instance;

import java.util.List;
import java.util.stream.Stream;

import lab.console.process.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The lab's names: what each stands for, and which are none.
 */
class InstanceTests {

	@Test
	void threeBrokersAreOneProgramOnPortsOfTheirOwn() {
		assertThat(Stream.of("kafka1", "kafka2", "kafka3").map((name) -> Instance.named(name).orElseThrow()))
			.allMatch(Instance::isBroker)
			.extracting(Instance::port, Instance::arguments)
			.containsExactly(tuple(9092, List.of("--spring.profiles.active=kafka1")),
					tuple(9192, List.of("--spring.profiles.active=kafka2")),
					tuple(9292, List.of("--spring.profiles.active=kafka3")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka", "kafka1", "kafka2", "kafka3", "order", "product1", "product2" })
	void thePortOfEveryInstanceIsKnownToBeTheLabs(String name) {
		assertThat(Ports.OF_THE_LAB).containsKey(Instance.named(name).orElseThrow().port());
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka0", "kafka4", "product0", "product100", "Order", "" })
	void otherNamesAreNone(String name) {
		assertThat(Instance.named(name)).isEmpty();
	}

}
