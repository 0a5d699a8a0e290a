package lab.console.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.process.ProgramRun;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether this machine has what the lab needs.
 */
@RequiredArgsConstructor
final class MachineChecks {

	private static final long DISK_NEEDED_MB = 2048;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final Messages messages;

	List<Finding> run() throws InterruptedException {
		LabHome home = LabHome.ofProcess();
		Attempts attempts = new Attempts(this.messages);
		List<Finding> checks = new ArrayList<>();
		checks.add(attempts.hint("Java", () -> java(Path.of(System.getProperty("java.home")))));
		checks.add(attempts.hint("disk", () -> disk(Files.exists(home.state()) ? home.state() : home.root())));
		for (Map.Entry<Integer, String> port : Ports.OF_THE_LAB.entrySet()) {
			checks.add(attempts.hint("port " + port.getKey(), () -> port(port.getKey(), port.getValue())));
		}
		checks.add(attempts.hint("docker", () -> tool("docker", "--version", "info")));
		checks.add(attempts.hint("http", () -> tool("http", "--version")));
		checks.add(attempts.hint("mvn", () -> tool("mvn", "--version")));
		return checks;
	}

	/**
	 * Checks for a compiler; the launcher has checked the version.
	 */
	Finding java(Path home) {
		String seen = System.getProperty("java.version") + ", " + home;
		return Files.isExecutable(home.resolve("bin/javac")) ? Finding.ok("Java", seen) : Finding.failed("Java",
				"no-javac", this.messages.get("doctor.java.no-javac", seen), this.messages.get("doctor.java.remedy"));
	}

	/**
	 * Checks the disk of the folder. Asks the file and not its {@code FileStore}, which
	 * needs the table of mounted file systems: in a chroot it is another one.
	 */
	Finding disk(Path folder) {
		long free = folder.toFile().getUsableSpace() >> 20;
		String seen = this.messages.get("doctor.disk", free);
		return (free >= DISK_NEEDED_MB) ? Finding.ok("disk", seen)
				: Finding.failed("disk", "full", seen, this.messages.get("doctor.disk.remedy", DISK_NEEDED_MB));
	}

	Finding port(int port, String user) {
		String name = "port " + port;
		if (!Ports.taken(port)) {
			return Finding.ok(name, this.messages.get("doctor.port.free", user));
		}
		return isOfTheLab(port, user) ? Finding.ok(name, this.messages.get("doctor.port.used", user))
				: Finding.failed(name, "port-taken", this.messages.get("doctor.port.taken", user),
						this.messages.get("doctor.port.remedy", port));
	}

	/**
	 * Whether a broker answers on the port, in a container or not, or a process of this
	 * clone is the service that uses it.
	 */
	private static boolean isOfTheLab(int port, String user) {
		String built = LabHome.ofProcess().root().resolve(user).resolve("target") + "/";
		return user.startsWith("kafka") ? new Listener("localhost", port).reachability() == Listener.Reachability.KAFKA
				: ProcessHandle.allProcesses()
					.flatMap((process) -> process.info().commandLine().stream())
					.anyMatch((line) -> line.contains(built));
	}

	private Finding tool(String command, String versionOption, String... probe) throws InterruptedException {
		String version = firstLine(command, versionOption);
		String remedy = this.messages.get("doctor." + command + ".remedy");
		if (version == null) {
			return Finding.hint(command, "not-installed", this.messages.get("doctor.tool.absent"), remedy);
		}
		return (probe.length == 0 || firstLine(command, probe) != null) ? Finding.ok(command, version)
				: Finding.hint(command, "silent", this.messages.get("doctor.tool.silent", version), remedy);
	}

	private static @Nullable String firstLine(String command, String... arguments) throws InterruptedException {
		List<String> line = new ArrayList<>(List.of(command));
		line.addAll(List.of(arguments));
		try {
			ProgramRun run = ProgramRun.of(new ProcessBuilder(line).redirectErrorStream(true), TIMEOUT);
			return (run.status() == 0) ? Terminal.plain(run.output()).lines().findFirst().orElse("") : null;
		}
		catch (IOException | TimeoutException ex) {
			return null;
		}
	}

}
