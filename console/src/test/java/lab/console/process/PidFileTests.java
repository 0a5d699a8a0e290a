package lab.console.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pid file that is stale, or of another process, must never lead to stopping somebody
 * else.
 */
class PidFileTests {

	@TempDir
	private Path folder;

	private PidFile file;

	@BeforeEach
	void nameTheFile() {
		this.file = new PidFile(this.folder.resolve("some.pid"));
	}

	@Test
	void isClaimedUnlessAnotherProcessThatRunsHasIt() throws IOException {
		Files.writeString(this.file.path(), "1 no-start");
		assertThat(this.file.claim()).isEmpty();
		assertThat(this.file.running()).contains(ProcessHandle.current());
		assertThat(this.file.claim()).isEmpty();
		ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
		this.file.write(parent);
		assertThat(this.file.claim()).contains(parent);
		assertThat(this.file.running()).contains(parent);
	}

	@Test
	void findsTheProcessThatItRemembers() {
		this.file.write(ProcessHandle.current());
		assertThat(this.file.running()).contains(ProcessHandle.current());
	}

	@Test
	void findsNothingWithoutAFile() {
		assertThat(this.file.running()).isEmpty();
	}

	@Test
	void findsNothingWhenThePidBelongsToAProcessThatStartedAtAnotherTime() throws IOException {
		Files.writeString(this.file.path(), ProcessHandle.current().pid() + " 2020-01-01T00:00:00Z");
		assertThat(this.file.running()).isEmpty();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void remembersNoTimeOfAClockThatMayBeCorrected() throws IOException {
		this.file.write(ProcessHandle.current());
		assertThat(this.file.path()).content().matches("\\d+ [0-9a-f-]{36}/\\d+");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void findsNothingAfterTheMachineHasBeenStartedAgain() throws IOException {
		this.file.write(ProcessHandle.current());
		String written = Files.readString(this.file.path());
		Files.writeString(this.file.path(), written.replaceFirst(" .*/", " 4a5e2b6c-0000-4000-8000-000000000000/"));
		assertThat(this.file.running()).isEmpty();
	}

	/**
	 * The kernel has the program's name in the line of which the start is read.
	 */
	@Test
	@EnabledOnOs(OS.LINUX)
	void findsAProcessWhoseNameLooksLikeTheEndOfItself() throws Exception {
		Path program = Files.copy(Path.of("/bin/sh"), this.folder.resolve("a ) 1 2 3"));
		Process process = new ProcessBuilder(program.toString(), "-c", "read line").start();
		this.file.write(process.toHandle());
		assertThat(this.file.running()).contains(process.toHandle());
		process.destroy();
	}

	@Test
	void findsNothingWhenTheProcessHasEnded() throws Exception {
		Process process = new ProcessBuilder("sh", "-c", "read line").start();
		this.file.write(process.toHandle());
		assertThat(this.file.running()).isPresent();
		process.destroy();
		process.waitFor();
		assertThat(this.file.running()).isEmpty();
	}

	@Test
	void findsNothingInAFileOfSomethingElse() throws IOException {
		Files.writeString(this.file.path(), "no pid");
		assertThat(this.file.running()).isEmpty();
	}

}
