package lab.console.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import lab.console.lesson.Progress.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tick stands for something that was seen.
 */
class ProgressTests {

	private static final String CHECKABLE = "```sh\ntrue\n```\n\n```expect within=1s\na\n```\n\n";

	private static final Lesson LESSON = LessonParser.parse("02-two",
			"# Two\n\n## One\n\n" + CHECKABLE + "## Only to be read\n\nText.\n\n## Three\n\n" + CHECKABLE,
			Renaming.NONE);

	@TempDir
	private Path folder;

	private Progress progress;

	@BeforeEach
	void begin() {
		this.progress = new Progress(this.folder.resolve("lessons"));
	}

	@Test
	void isDoneWhenAllIsThatCanBeChecked() {
		assertThat(this.progress.state(LESSON)).isEqualTo(State.OPEN);
		this.progress.add(LESSON, 3);
		assertThat(this.progress.state(LESSON)).isEqualTo(State.BEGUN);
		this.progress.add(LESSON, 1);
		this.progress.add(LESSON, 1);
		assertThat(this.progress.state(LESSON)).isEqualTo(State.DONE);
		assertThat(this.progress.steps(LESSON)).containsExactly(1, 3);
		assertThat(this.folder.resolve("lessons/02-two")).content().isEqualTo("3\n1\n");
	}

	@Test
	void forgetsStepsThatTheLessonDoesNotHave() throws IOException {
		Files.createDirectories(this.folder.resolve("lessons"));
		Files.writeString(this.folder.resolve("lessons/02-two"), "2\n7\nnot a step\n");
		assertThat(this.progress.steps(LESSON)).containsExactly(2);
	}

}
