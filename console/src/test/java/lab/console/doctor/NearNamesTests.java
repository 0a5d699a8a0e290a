package lab.console.doctor;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NearNamesTests {

	private final List<String> topics = List.of("late-orders", "product_handled", "topic_example", "topic_example-dlt");

	@Test
	void findsWhatWasMistyped() {
		assertThat(NearNames.of("topic_exmaple", this.topics)).containsExactly("topic_example");
		assertThat(NearNames.of("late-order", this.topics)).containsExactly("late-orders");
	}

	@Test
	void capitalsAndPunctuationDoNotCount() {
		assertThat(NearNames.of("Topic.Example", this.topics)).startsWith("topic_example");
	}

	@Test
	void findsNothingThatIsFarAway() {
		assertThat(NearNames.of("payments", this.topics)).isEmpty();
		assertThat(NearNames.of("payments", List.of())).isEmpty();
	}

}
