package lab.console.lesson.list;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Lesson;
import lab.console.lesson.LessonParser;
import lab.console.lesson.Lessons;
import lab.console.lesson.Renaming;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is printed of the lessons for a class.
 */
class HandoutTests {

	private static final Messages ENGLISH = Messages.in(Language.EN);

	private static final String LESSON = """
			# Tea & coffee

			> **Predict:** tea or coffee?

			## 1. Send one

			> **Predict:** who gets it?

			```sh
			echo product1
			```

			<details>
			<summary>Who gets it</summary>

			product1, *always*.

			Because it owns the partition.

			</details>

			> **Predict:** and the next one?

			```sh
			echo product2
			```

			## 2. In production

			- **Add partitions first.**

			## 3. Test yourself

			**The idea:** one partition, one member.

			<details>
			<summary>Which one?</summary>

			The first.

			</details>
			""";

	private static Handout handout() {
		return Handout.of(LessonParser.parse("02-tea", LESSON, Renaming.NONE), ENGLISH);
	}

	@Test
	void hasTheQuestionsWithTheFirstParagraphOfTheirAnswers() {
		assertThat(handout().questions()).hasSize(3);
		assertThat(handout().questions().get(0).step()).isEmpty();
		assertThat(handout().questions().get(1)).satisfies((question) -> {
			assertThat(question.step()).isEqualTo("1. Send one");
			assertThat(question.question()).contains("who gets it?");
			assertThat(question.answer()).contains("product1, <em>always</em>.").doesNotContain("owns");
		});
		assertThat(handout().questions().get(2).answer()).as("the output is the answer").isEmpty();
	}

	@Test
	void hasTheIdeaAndWhatToDo() {
		assertThat(handout().idea()).contains("one partition, one member.");
		assertThat(handout().advice()).contains("<li>").contains("Add partitions first.");
	}

	@Test
	void thePageWithTheQuestionsDoesNotHaveTheAnswers() {
		String predictions = PrintCommand.html("predictions", List.of(handout()), ENGLISH);
		assertThat(predictions).contains("Tea &amp; coffee")
			.contains("who gets it?")
			.contains("and the next one?")
			.doesNotContain("always")
			.doesNotContain("one partition, one member.");
		assertThat(PrintCommand.html("handouts", List.of(handout()), ENGLISH)).contains("Tea &amp; coffee")
			.contains("always")
			.contains("one partition, one member.")
			.contains("Add partitions first.");
	}

	@ParameterizedTest
	@EnumSource
	void everyLessonHasItsQuestionsAndItsIdea(Language language) {
		Messages messages = Messages.in(language);
		String idea = (language == Language.KO) ? "<p><strong>핵심:" : "<p><strong>The idea:";
		for (Lesson lesson : Lessons.in(Path.of(".."), messages).all()) {
			Handout handout = Handout.of(lesson, messages);
			long asked = Stream
				.concat(lesson.intro().stream(), lesson.steps().stream().flatMap((step) -> step.blocks().stream()))
				.filter(Prediction.class::isInstance)
				.count();
			assertThat(handout.questions()).as(lesson.name()).isNotEmpty().hasSize((int) asked);
			assertThat(handout.idea()).as(lesson.name()).startsWith(idea);
		}
	}

}
