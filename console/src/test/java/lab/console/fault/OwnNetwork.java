package lab.console.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import lab.console.process.Ports;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A network for the commands of one test alone, where the lab's ports are free whatever
 * else runs, if this machine can make one: on Linux, with {@code unshare} and {@code ip},
 * unless users are not allowed to. Otherwise it is this machine's.
 */
public final class OwnNetwork implements AutoCloseable {

	static final OwnNetwork SHARED = new OwnNetwork(null);

	private static final String LISTENS = "0A";

	private static final boolean POSSIBLE = isPossible();

	/**
	 * Is in it as long as it exists; null where it is this machine's.
	 */
	private final Process inside;

	private OwnNetwork(Process inside) {
		this.inside = inside;
	}

	/**
	 * Locks the lab's ports, unless they are in a network of its own.
	 */
	public static final class PortsIfShared implements ResourceLocksProvider {

		@Override
		public Set<Lock> provideForClass(Class<?> test) {
			return POSSIBLE ? Set.of() : Set.of(new Lock(LabProcess.PORTS));
		}

	}

	public static OwnNetwork open() throws IOException {
		if (!POSSIBLE) {
			LabProcess.assumePortsAreFree();
			return SHARED;
		}
		Process inside = unshared("ip link set lo up && echo up && exec cat");
		assertThat(inside.inputReader().readLine()).isEqualTo("up");
		return new OwnNetwork(inside);
	}

	private static boolean isPossible() {
		try {
			return unshared("ip link set lo up").waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Process unshared(String script) throws IOException {
		return new ProcessBuilder("unshare", "--map-root-user", "--net", "sh", "-c", script)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	/**
	 * The command that runs another one in it.
	 */
	List<String> command(List<String> command) {
		if (this.inside == null) {
			return command;
		}
		List<String> entering = new ArrayList<>(List.of("nsenter", "--target", String.valueOf(this.inside.pid()),
				"--user", "--net", "--preserve-credentials", "--"));
		entering.addAll(command);
		return entering;
	}

	/**
	 * No command has left anything that listens on one of the lab's ports.
	 */
	public void assertPortsAreFree() throws IOException {
		if (this.inside == null) {
			LabProcess.assertPortsAreFree();
			return;
		}
		Set<Integer> listening = new TreeSet<>();
		for (String table : List.of("tcp", "tcp6")) {
			Files.readAllLines(Path.of("/proc/%d/net/%s".formatted(this.inside.pid(), table)))
				.stream()
				.map((line) -> line.strip().split("\\s+"))
				.filter((socket) -> socket[3].equals(LISTENS))
				.forEach((socket) -> listening.add(Integer.parseInt(socket[1].replaceFirst(".*:", ""), 16)));
		}
		assertThat(listening).as("ports left in use").doesNotContainAnyElementsOf(Ports.OF_THE_LAB.keySet());
	}

	@Override
	public void close() {
		if (this.inside != null) {
			this.inside.destroy();
		}
	}

}
