package lab.console.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import lab.console.lesson.Ticks.LessonState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tick stands for something that was seen.
 */
class TicksTests {

	private static final String CHECKABLE = """
			```sh
			true
			```

			<!-- expect check within=1s
			a
			-->

			""";

	private static final Lesson LESSON = LessonParser.parse("02-two",
			"# Two\n\n## One\n\n" + CHECKABLE + "## Only to be read\n\nText.\n\n## Three\n\n" + CHECKABLE,
			Renaming.NONE);

	@TempDir
	private Path folder;

	private Ticks ticks;

	@BeforeEach
	void begin() {
		this.ticks = new Ticks(this.folder.resolve("lessons"));
	}

	@Test
	void isDoneWhenAllIsThatCanBeChecked() {
		assertThat(this.ticks.state(LESSON)).isEqualTo(LessonState.OPEN);
		this.ticks.add(LESSON, 3);
		assertThat(this.ticks.state(LESSON)).isEqualTo(LessonState.BEGUN);
		this.ticks.add(LESSON, 1);
		this.ticks.add(LESSON, 1);
		assertThat(this.ticks.state(LESSON)).isEqualTo(LessonState.DONE);
		assertThat(this.ticks.steps(LESSON)).containsExactly(1, 3);
		assertThat(this.folder.resolve("lessons/02-two")).content().isEqualTo("3\n1\n");
	}

	/**
	 * A lesson of clicks has no commands to check.
	 */
	@Test
	void isDoneWhenAllIsThatCanBeDoneOnTheBoardWhereNothingCanBeChecked() {
		String task = "<!-- board\ndo: Look.\nsee idle 1\n-->\n\n";
		Lesson clicks = LessonParser.parse("03-three", "# T\n\n## One\n\n" + task + "## Two\n\n## Three\n\n" + task,
				Renaming.NONE);
		this.ticks.add(clicks, 1);
		assertThat(this.ticks.state(clicks)).isEqualTo(LessonState.BEGUN);
		this.ticks.add(clicks, 3);
		assertThat(this.ticks.state(clicks)).isEqualTo(LessonState.DONE);
	}

	@Test
	void forgetsStepsThatTheLessonDoesNotHave() throws IOException {
		Files.createDirectories(this.folder.resolve("lessons"));
		Files.writeString(this.folder.resolve("lessons/02-two"), "2\n7\nnot a step\n");
		assertThat(this.ticks.steps(LESSON)).containsExactly(2);
	}

}
