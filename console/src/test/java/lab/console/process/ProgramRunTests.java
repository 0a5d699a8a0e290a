package lab.console.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Shells.
 */
class ProgramRunTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	@TempDir
	private Path folder;

	@Test
	void keepsOutputAndErrorsApart() throws Exception {
		assertThat(ProgramRun.of(shell("echo id; echo warning >&2; exit 3"), LONG))
			.isEqualTo(new ProgramRun(3, "id\n", "warning\n"));
	}

	@Test
	void givesAProgramNoInputToWaitFor() throws Exception {
		assertThat(ProgramRun.of(shell("cat"), LONG).status()).isZero();
	}

	@Test
	void endsAProgramAndItsChildrenAtTheTimeout() {
		assertThatExceptionOfType(TimeoutException.class)
			.isThrownBy(() -> ProgramRun.of(shell("sleep 601; true"), Duration.ofSeconds(2)));
		// killed is not yet ended
		await("neither the shell nor its child is there")
			.untilAsserted(() -> assertThat(ProcessHandle.allProcesses()).noneMatch((process) -> process.info()
				.arguments()
				.filter((line) -> List.of(line).contains("601"))
				.isPresent()));
	}

	@Test
	void aProgramThatIsMissingIsAnError() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> ProgramRun.of(new ProcessBuilder("no-such-program"), LONG));
	}

	private ProcessBuilder shell(String script) {
		return new ProcessBuilder("sh", "-c", script).directory(this.folder.toFile());
	}

}
