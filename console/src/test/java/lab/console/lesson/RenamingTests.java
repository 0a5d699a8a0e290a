package lab.console.lesson;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Watch;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

				<!-- expect
				/^group product .*topic_example-0 product_handled/
				Topic: hot-keys Partition: 0
				-->
				""").get(0);
		assertThat(run.expectation().lines()).extracting(Expectation.Expected::text)
			.containsExactly("/^group kim-product .*kim-topic_example-0 kim-product_handled/",
					"Topic: kim-hot-keys Partition: 0");
	}

	@Test
	void renamesPatternsThatSelectTopics() {
		assertThat(typed("kafka-topics --delete --topic 'walk-.*|shop-orders.*'"))
			.isEqualTo("kafka-topics --delete --topic 'kim-walk-.*|kim-shop-orders.*'");
		assertThat(typed("kafka-topics --describe --topic two,three; consume --include=\"four|five\""))
			.isEqualTo("kafka-topics --describe --topic kim-two,kim-three; consume --include=\"kim-four|kim-five\"");
	}

	@Test
	void waitsForTheNewNames() {
		Start start = (Start) blocks("""
				```sh service=product1 ready="product1 was given hot-keys-0, hot-keys-1"
				java -jar product1/target/product1.jar --lab.product.topic=hot-keys
				```
				""").get(0);
		assertThat(start.service()).isEqualTo("product1");
		assertThat(start.ready()).isEqualTo("product1 was given kim-hot-keys-0, kim-hot-keys-1");
	}

	@Test
	void knowsWhatALessonMayCreate() {
		Lesson lesson = LessonParser.parse("01-test",
				"# Test\n\n## Step\n\n```sh\nkafka-topics --topic 'hot-keys.*|walk-.*'" + " --group readers\n```\n",
				KIM);
		assertThat(lesson.names())
			.contains("kim-hot-keys", "kim-hot-keys-dlt", "kim-readers", "kim-readers_handled",
					"kim-readers_rebalances", "kim-product", "kim-topic_example")
			.allMatch((name) -> name.startsWith("kim-"))
			.doesNotContain("kim-walk-", "kim-walk");
	}

	static Stream<Arguments> lessonsOfSharedClusters() {
		return Stream.of(Language.values())
			.map(Messages::in)
			.flatMap((messages) -> Lessons.in(Path.of(".."), messages, KIM)
				.all()
				.stream()
				.filter((lesson) -> !lesson.ownBroker())
				.map((lesson) -> Arguments.of(messages.language(), lesson)));
	}

	/**
	 * Looks for names where Kafka's commands and clients have them, and for the lesson's
	 * names without the prefix everywhere.
	 */
	@ParameterizedTest(name = "{0}")
	@MethodSource("lessonsOfSharedClusters")
	void noNameOfALessonKeepsItsOldName(Language language, Lesson lesson) {
		Pattern naming = Pattern
			.compile("(?:--topic|--group|--include|--entity-name|--transactional-id)[ =]'?\"?([^ '\"\n`)]+)"
					+ "|(?:topics?|group|group\\.id|GROUP_ID)=([^ '\"\n]+)|\"topic\" ?: ?\"([^\"]+)\"");
		for (String text : usedByTheTour(lesson)) {
			for (MatchResult found : naming.matcher(text).results().toList()) {
				String value = Stream.of(found.group(1), found.group(2), found.group(3))
					.filter(Objects::nonNull)
					.findFirst()
					.orElseThrow();
				assertThat(value.split("[|,]")).as(text)
					.allMatch((name) -> name.startsWith("kim-") || !Character.isLetterOrDigit(name.charAt(0))
							|| name.matches("[A-Z]+|\\d+"));
			}
			lesson.names()
				.forEach((name) -> assertThat(text).as(lesson.name())
					.doesNotContainPattern(
							"(?<![\\w.-])%s(?!\\w)".formatted(Pattern.quote(name.substring("kim-".length())))));
		}
	}

	private static List<String> usedByTheTour(Lesson lesson) {
		List<String> used = new ArrayList<>();
		for (Block block : lesson.steps().stream().flatMap((step) -> step.blocks().stream()).toList()) {
			if (block instanceof Run run) {
				used.add(run.script().text());
				if (run.expectation() != null) {
					run.expectation().lines().forEach((line) -> used.add(line.text()));
				}
			}
			else if (block instanceof Start start) {
				used.add(start.script().text());
				used.add(start.ready());
			}
			else if (block instanceof Watch watch) {
				watch.expectation().lines().forEach((line) -> used.add(line.text()));
			}
		}
		return used;
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
