package lab.console.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lessons are files: found by their names, and refused with the line that is not right.
 */
class LessonsTests {

	@TempDir
	private Path home;

	@Test
	void aFileMoreIsALessonMore() throws IOException {
		write("01-first.md", "# One\n\n## Step\n");
		write("10-tenth.md", "# Ten\n\n## Step\n");
		write("README.md", "no lesson");
		assertThat(lessons().all()).extracting(Lesson::title).containsExactly("One", "Ten");
	}

	@Test
	void findsALessonByNumberAndByName() throws IOException {
		write("00-first.md", "# One\n\n## Step\n");
		write("02-second-one.md", "# Two\n\n## Step\n");
		assertThat(lessons().find("2")).get().extracting(Lesson::title).isEqualTo("Two");
		assertThat(lessons().find("02")).get().extracting(Lesson::title).isEqualTo("Two");
		assertThat(lessons().find("second-one")).get().extracting(Lesson::title).isEqualTo("Two");
		assertThat(lessons().find("00-first")).get().extracting(Lesson::title).isEqualTo("One");
		assertThat(lessons().find("0")).get().extracting(Lesson::title).isEqualTo("One");
		assertThat(lessons().find("1")).isEmpty();
		assertThat(lessons().find("third")).isEmpty();
	}

	@Test
	void saysWhereALessonIsNotRight() throws IOException {
		write("01-first.md", "# One\n\n## Step\n\n```sh servise=x\na\n```\n");
		assertThatExceptionOfType(LabException.class).isThrownBy(this::lessons)
			.withMessageContaining("01-first.md")
			.withMessageContaining("line 5")
			.withMessageContaining("servise");
	}

	private Lessons lessons() {
		return Lessons.in(this.home, Messages.in(Language.EN));
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(Files.createDirectories(this.home.resolve("lessons/en")).resolve(name), text);
	}

}
