package lab.console.up;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import lab.console.fault.TestLab;
import lab.console.instance.Instances;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process in the place of an instance, by its pid file.
 */
class SupervisorTests {

	@TempDir
	private Path state;

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	private Process order;

	@AfterEach
	void end() {
		if (this.order != null) {
			this.order.destroyForcibly();
		}
	}

	@Test
	void saysThatAnInstanceHasEndedAlsoAfterItsLogsWereAway() throws Exception {
		LabHome home = new LabHome(TestLab.ROOT, this.state);
		Messages messages = Messages.in(Language.EN);
		Terminal terminal = new Terminal(new PrintStream(this.printed, true, StandardCharsets.UTF_8), false, false);
		Instances instances = new Instances(home, messages);
		this.order = new ProcessBuilder("sleep", "600").start();
		instances.pidFile("order").write(this.order.toHandle());
		try (Supervisor supervisor = new Supervisor(new LogFollower(home.logs(), terminal, false), instances,
				new UpOutput(terminal, false), messages)) {
			supervisor.poll();
			Folders.delete(this.state.resolve("logs"));
			supervisor.poll();
			supervisor.poll();
			assertThat(printed()).contains("cannot be read at the moment").hasLineCount(1);
			Files.createDirectory(this.state.resolve("logs"));
			this.order.destroyForcibly().waitFor();
			await().untilAsserted(() -> {
				supervisor.poll();
				assertThat(printed()).endsWith("order has ended\n");
			});
		}
	}

	private String printed() {
		return this.printed.toString(StandardCharsets.UTF_8);
	}

}
