package lab.console.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import lab.console.fault.TestLab;
import lab.console.process.LabHome;
import lab.console.process.Suspension;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Shells in the place of {@code lab up}.
 */
class UpProcessTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	@TempDir
	private Path state;

	private Instances instances;

	private Process shell;

	@BeforeEach
	void openLab() {
		this.instances = new Instances(new LabHome(TestLab.ROOT, this.state), Messages.in(Language.EN));
	}

	@AfterEach
	void end() {
		if (this.shell != null) {
			this.shell.destroyForcibly();
		}
	}

	@Test
	void endsAProcessThatCtrlZHasStopped() throws Exception {
		start("touch ready; exec sleep 600");
		Suspension.suspend(this.shell.toHandle());
		assertThat(up().stop(LONG)).isTrue();
		assertThat(this.shell.isAlive()).isFalse();
	}

	@Test
	void killsAProcessThatDoesNotEndAndStopsNothing() throws Exception {
		start("trap '' TERM; touch ready; exec sleep 600");
		assertThat(up().stop(Duration.ofMillis(100))).isFalse();
		assertThat(this.shell.isAlive()).isFalse();
		assertThat(this.instances.pidFile("up").path()).doesNotExist();
	}

	private void start(String script) throws IOException {
		this.shell = new ProcessBuilder("sh", "-c", script).directory(this.state.toFile()).start();
		this.instances.pidFile("up").write(this.shell.toHandle());
		await("the shell runs").atMost(LONG).until(() -> Files.exists(this.state.resolve("ready")));
	}

	private UpProcess up() {
		return new UpProcess(this.instances, this.shell.toHandle());
	}

}
