package lab.console.process;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

	@Test
	void holdsAProcessStillAndLetsItGoOn() throws Exception {
		ProcessHandle handle = this.process.toHandle();
		assertThat(Suspension.suspended(handle)).isFalse();

		Suspension.suspend(handle);
		await().until(() -> Suspension.suspended(handle));
		assertThat(handle.isAlive()).isTrue();

		Suspension.resume(handle);
		await().until(() -> !Suspension.suspended(handle));
	}

	@Test
	void aProcessThatIsGoneIsNotSuspended() throws Exception {
		ProcessHandle handle = this.process.toHandle();
		this.process.destroyForcibly().waitFor();
		assertThat(Suspension.suspended(handle)).isFalse();
	}

}
