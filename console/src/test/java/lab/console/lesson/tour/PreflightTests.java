package lab.console.lesson.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a tour says before it starts, where a command of the lesson is missing.
 */
class PreflightTests {

	private static final Path LAB = Path.of("..");

	private static final Messages MESSAGES = Messages.in(Language.EN);

	@TempDir
	private Path bin;

	@Test
	void namesWhatIsMissingOfPrometheusAndHowToInstallIt() throws IOException {
		Lesson lesson = Lessons.in(LAB, MESSAGES).find("alert").orElseThrow();
		for (String missing : List.of("prometheus", "promtool")) {
			assertThatExceptionOfType(LabException.class)
				.isThrownBy(() -> new Preflight(LAB, BrokerKind.EMBEDDED, MESSAGES, List.of(this.bin)).check(lesson))
				.withMessageStartingWith(missing + " was not found")
				.withMessageContaining("apt-get install prometheus");
			assertThat(Files.createFile(this.bin.resolve(missing)).toFile().setExecutable(true)).isTrue();
		}
	}

}
