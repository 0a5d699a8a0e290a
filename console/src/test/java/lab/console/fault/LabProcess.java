package lab.console.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import lab.console.process.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * {@code ./lab} as a person starts it, in a clone that is built, with a {@code .lab} of
 * its own.
 *
 * @param state stands for {@code .lab}
 * @param network in which it runs
 */
public record LabProcess(Path state, OwnNetwork network) {

	/**
	 * Locked by whoever needs the lab's ports, which are fixed: other tests run beside.
	 */
	public static final String PORTS = "the lab's ports";

	/**
	 * Locked by tests that start containers: these add addresses to this machine, and
	 * remove them. Shared by tests with a browser, as Chromium then fails each request
	 * that still waits for a connection (ERR_NETWORK_CHANGED).
	 */
	public static final String NETWORK = "the network interfaces";

	private static final int LONGEST_NAME = 100;

	/**
	 * What a command printed, both streams, and its exit status.
	 */
	public record Result(int status, String output) {
	}

	/**
	 * Creates one that runs in this machine's network.
	 */
	public LabProcess(Path state) {
		this(state, OwnNetwork.SHARED);
	}

	public LabProcess {
		try {
			// the launcher builds what is newer than this; Maven has just built
			// everything
			Files.writeString(TestLab.ROOT.resolve("console/target/built"), "");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The lab's ports are fixed: a lab that is up already must not be disturbed.
	 */
	public static void assumePortsAreFree() {
		assumeThat(Ports.OF_THE_LAB.keySet()).as("ports of the lab that are in use, by a lab that is up?")
			.noneMatch(Ports::taken);
	}

	public static void assertPortsAreFree() {
		assertThat(Ports.OF_THE_LAB.keySet()).as("ports left in use").noneMatch(Ports::taken);
	}

	public Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(TestLab.ROOT.resolve("lab").toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(this.network.command(command)).redirectErrorStream(true)
			.redirectOutput(output(arguments).toFile());
		Map<String, String> environment = builder.environment();
		environment.put("LAB_HOME", this.state.toString());
		environment.put("LAB_LOCALE", "en");
		return builder.start();
	}

	/**
	 * Runs a command to its end.
	 */
	public Result run(String... arguments) throws Exception {
		Process process = start(arguments);
		assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("./lab %s ends", String.join(" ", arguments)).isTrue();
		return new Result(process.exitValue(), printed(arguments));
	}

	/**
	 * What the command of these arguments has printed so far.
	 */
	public String printed(String... arguments) throws IOException {
		return Files.readString(output(arguments));
	}

	private Path output(String... arguments) {
		String name = String.join("_", arguments).replaceAll("[^\\w-]", "");
		return this.state.resolve("printed-" + name.substring(0, Math.min(name.length(), LONGEST_NAME)));
	}

}
