package lab.console.up;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import lab.console.fault.LabProcess;
import lab.console.fault.LabProcess.Result;
import lab.console.process.PidFile;
import lab.console.process.Suspension;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands that are told to end, or are stopped with Ctrl-Z, while they start or stop
 * something: none of it is left running.
 */
@ResourceLock(LabProcess.PORTS)
class SignalIntegrationTests {

	@TempDir
	private Path state;

	private LabProcess lab;

	@BeforeEach
	void prepare() {
		LabProcess.assumePortsAreFree();
		this.lab = new LabProcess(this.state);
	}

	@AfterEach
	void leaveNothingRunning() throws Exception {
		if (this.lab != null) {
			broker().running().ifPresent(ProcessHandle::destroyForcibly);
			this.lab.run("down");
			LabProcess.assertPortsAreFree();
		}
	}

	@Test
	void labUpThatIsToldToEndWhileItIsFailingStopsWhatItStarted() throws Exception {
		try (ServerSocket other = new ServerSocket(8082, 1, InetAddress.getLoopbackAddress())) {
			Process up = this.lab.start("up");
			await("it fails and stops what it started",
					() -> assertThat(this.lab.printed("up")).contains("stopping order"));
			up.destroy();
			assertThat(up.waitFor(5, TimeUnit.MINUTES)).as("lab up ends").isTrue();
		}
		assertThat(this.lab.printed("up")).contains("stopping kafka");
		LabProcess.assertPortsAreFree();
		assertThat(this.state.resolve("run")).isEmptyDirectory();
	}

	@Test
	void labCompareThatIsToldToEndWhileItsBrokerStartsStopsIt() throws Exception {
		String[] command = { "compare", "--quick", "--out", this.state.resolve("results").toString() };
		Process compare = this.lab.start(command);
		await("its broker is starting", () -> assertThat(broker().running()).isPresent());
		ProcessHandle broker = broker().running().orElseThrow();
		compare.destroy();
		assertThat(compare.waitFor(5, TimeUnit.MINUTES)).as("lab compare ends").isTrue();
		assertThat(broker.isAlive()).as("its broker runs; %s", this.lab.printed(command)).isFalse();
		assertThat(this.lab.printed(command)).contains("interrupted").doesNotContain("Exception");
	}

	@Test
	void labDownStopsALabUpThatCtrlZHasStopped() throws Exception {
		Process up = this.lab.start("up", "kafka");
		await("the lab is up", () -> assertThat(this.lab.printed("up", "kafka")).contains("Ctrl-C stops everything"));
		Suspension.suspend(up.toHandle());
		try {
			Result down = this.lab.run("down");
			assertThat(down.status()).as(down.output()).isZero();
			assertThat(up.isAlive()).as("lab up runs").isFalse();
		}
		finally {
			up.destroyForcibly();
		}
		assertThat(this.state.resolve("run")).isEmptyDirectory();
	}

	/**
	 * The broker of {@code lab compare}.
	 */
	private PidFile broker() {
		return new PidFile(this.state.resolve("compare/run/kafka.pid"));
	}

	private static void await(String what, ThrowingRunnable assertion) {
		Awaitility.await(what)
			.atMost(Duration.ofMinutes(5))
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(assertion);
	}

}
