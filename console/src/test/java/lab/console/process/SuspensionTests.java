package lab.console.process;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SuspensionTests {

	private Process process;

	@BeforeEach
	void start() throws IOException {
		this.process = new ProcessBuilder("sleep", "60").start();
	}

	@AfterEach
	void kill() {
		this.process.destroyForcibly();
	}

	@RepeatedTest(20)
	void holdsAProcessStillAndLetsItGoOn() throws Exception {
		ProcessHandle handle = this.process.toHandle();
		assertThat(Suspension.suspended(handle)).isFalse();

		Suspension.suspend(handle);
		assertThat(Suspension.suspended(handle)).isTrue();
		assertThat(handle.isAlive()).isTrue();

		Suspension.resume(handle);
		assertThat(Suspension.suspended(handle)).isFalse();
	}

	@Test
	void aProcessThatIsGoneIsNotSuspended() throws Exception {
		ProcessHandle handle = this.process.toHandle();
		this.process.destroyForcibly().waitFor();
		assertThat(Suspension.suspended(handle)).isFalse();
	}

}
