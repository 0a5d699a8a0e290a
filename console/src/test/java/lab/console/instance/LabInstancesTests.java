package lab.console.instance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lab.console.fault.TestLab;
import lab.console.instance.InstanceState.State;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Processes that stand in for instances, by their pid files.
 */
class LabInstancesTests {

	private static final int TERMINATED = 128 + 15;

	@TempDir
	private Path state;

	private LabHome home;

	private Instances instances;

	private final List<Process> processes = new ArrayList<>();

	@BeforeEach
	void openLab() {
		this.home = new LabHome(TestLab.ROOT, this.state);
		this.instances = new Instances(this.home, Messages.in(Language.EN));
	}

	@AfterEach
	void endAll() {
		this.processes.forEach(Process::destroyForcibly);
	}

	@Test
	void showsWhatRunsAndOneProductMoreThatCouldBeStarted() throws Exception {
		run("order");
		run("product2");
		run("product5");
		this.instances.pause(Instance.product(2));
		Map<String, InstanceState> states = states();
		assertThat(states.keySet()).startsWith("kafka", "order", "product1", "product2", "product3")
			.endsWith("product5");
		assertThat(states.get("order")).isEqualTo(new InstanceState(8081, State.RUNNING, null));
		assertThat(states.get("product2").state()).isEqualTo(State.PAUSED);
		assertThat(states.get("product5")).isEqualTo(new InstanceState(8086, State.RUNNING, null));

		this.instances.resume(Instance.product(2));
		assertThat(states().get("product2").state()).isEqualTo(State.RUNNING);
	}

	@Test
	void tellsAStrangerOnAPortFromAnInstanceThatCouldBeStarted() throws IOException {
		assumeThat(Ports.taken(8084) || Ports.taken(8085)).as("other products run on this machine").isFalse();
		try (ServerSocket stranger = new ServerSocket(8084, 1, InetAddress.getLoopbackAddress())) {
			assertThat(states()).containsEntry("product3", new InstanceState(8084, State.ELSEWHERE, null))
				.containsEntry("product4", new InstanceState(8085, State.STOPPED, null))
				.doesNotContainKey("product5");
		}
	}

	@Test
	void showsThreeBrokersWhereThereAreThree() throws IOException {
		run("kafka2");
		Files.writeString(this.home.notedBootstrapServers(), "localhost:9092,localhost:9192,localhost:9292");
		assertThat(states()).containsKeys("kafka1", "kafka2", "kafka3").doesNotContainKey("kafka");
		assertThat(states().get("kafka2").state()).isEqualTo(State.RUNNING);
	}

	@ParameterizedTest
	@CsvSource({ "kafka, 9404", "kafka2, 9405" })
	void aContainerIsNotStartedWhereThePortOfItsMetricsIsTaken(String name, int port) throws IOException {
		Instance broker = Instance.named(name).orElseThrow();
		assumeThat(Ports.taken(broker.port()) || Ports.taken(port)).as("a broker runs on this machine").isFalse();
		try (ServerSocket stranger = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(LabException.class)
				.isThrownBy(() -> this.instances.startContainers(List.of(broker)))
				.withMessageContaining("port %d, which %s needs, is in use", port, name);
		}
	}

	@Test
	void aPausedInstanceIsStoppedInOrder() throws Exception {
		Process product = run("product1");
		this.instances.pause(Instance.product(1));
		this.instances.stop(Instance.product(1));
		assertThat(product.waitFor()).isEqualTo(TERMINATED);
		assertThat(this.instances.running()).isEmpty();
	}

	@Test
	void aPausedInstanceCanBeKilled() throws Exception {
		run("product1");
		this.instances.pause(Instance.product(1));
		this.instances.kill(Instance.product(1));
		assertThat(this.instances.running()).isEmpty();
	}

	@Test
	void whatIsPausedIsNotPausedAgainAndWhatRunsIsNotResumed() throws Exception {
		run("product1");
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> this.instances.resume(Instance.product(1)))
			.withMessage("product1 is not paused.");
		this.instances.pause(Instance.product(1));
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> this.instances.pause(Instance.product(1)))
			.withMessageContaining("product1 is paused already");
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> this.instances.pause(Instance.product(2)))
			.withMessageContaining("product2 was not started by the lab");
	}

	private Map<String, InstanceState> states() {
		return new LabInstances(this.home).get();
	}

	private Process run(String name) throws IOException {
		Process process = new ProcessBuilder("sleep", "60").start();
		this.processes.add(process);
		this.instances.pidFile(name).write(process.toHandle());
		return process;
	}

}
