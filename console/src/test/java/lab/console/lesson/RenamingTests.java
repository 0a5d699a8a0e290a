package lab.console.lesson;

import java.util.List;

import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Run;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On a shared cluster a lesson has its own names in all that is typed, expected and shown
 * as code, and in nothing else.
 */
class RenamingTests {

	private static final Renaming KIM = new Renaming("shared:19092", "kim-");

	@Test
	void putsThePrefixBeforeEveryTopicAndGroup() {
		assertThat(typed("kafka-topics --bootstrap-server localhost:9092 --topic hot-keys"))
			.isEqualTo("kafka-topics --bootstrap-server shared:19092 --topic kim-hot-keys");
		assertThat(typed("kafka-consumer-groups --group product --topic=topic_example:0"))
			.isEqualTo("kafka-consumer-groups --group kim-product --topic=kim-topic_example:0");
		assertThat(typed("java -jar product1/target/product1.jar --lab.product.group=slow-ones && cd product1"))
			.isEqualTo("java -jar product1/target/product1.jar --lab.product.group=kim-slow-ones && cd product1");
		assertThat(typed("consume --topic \"$1\" --consumer-property group.id=a-group; echo a-group-2 my.a-group"))
			.isEqualTo(
					"consume --topic \"$1\" --consumer-property group.id=kim-a-group; echo kim-a-group-2 my.a-group");
	}

	@Test
	void expectsTheNewNames() {
		Run run = (Run) blocks("""
				```sh
				kafka-topics --topic hot-keys --describe
				```

				```expect
				/^group product .*topic_example-0 product_handled/
				Topic: hot-keys Partition: 0
				```
				""").get(0);
		assertThat(run.expectation().lines()).extracting(Expectation.Expected::text)
			.containsExactly("/^group kim-product .*kim-topic_example-0 kim-product_handled/",
					"Topic: kim-hot-keys Partition: 0");
	}

	@Test
	void leavesProseAlone() {
		Prose prose = (Prose) blocks("A product reads `topic_example`.\n").get(0);
		assertThat(PlainText.of(prose.node())).isEqualTo("A product reads kim-topic_example.");
	}

	private static String typed(String command) {
		return ((Run) blocks("```sh\n" + command + "\n```\n").get(0)).script().text();
	}

	private static List<Block> blocks(String step) {
		return LessonParser.parse("01-test", "# Test\n\n## Step\n\n" + step, KIM).steps().get(0).blocks();
	}

}
