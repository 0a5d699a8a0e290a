package lab.console.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.process.ProgramRun;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * What the lab needs of this machine.
 */
@RequiredArgsConstructor
final class MachineChecks {

	private static final long DISK_NEEDED_MB = 2048;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final Messages messages;

	List<Check> run() throws IOException, InterruptedException {
		List<Check> checks = new ArrayList<>();
		checks.add(java(Path.of(System.getProperty("java.home"))));
		checks.add(disk());
		Ports.OF_THE_LAB.forEach((port, user) -> checks.add(port(port, user)));
		checks.add(tool("docker", "--version", "info"));
		checks.add(tool("http", "--version"));
		checks.add(tool("mvn", "--version"));
		return checks;
	}

	/**
	 * The launcher has refused anything older than 17, but a runtime without compiler
	 * gets as far as here, and no further.
	 */
	Check java(Path home) {
		String seen = System.getProperty("java.version") + ", " + home;
		return Files.isExecutable(home.resolve("bin/javac")) ? Check.ok("Java", seen) : Check.failed("Java", "no-javac",
				this.messages.get("doctor.java.no-javac", seen), this.messages.get("doctor.java.remedy"));
	}

	private Check disk() throws IOException {
		long free = Files.getFileStore(LabHome.ofProcess().root()).getUsableSpace() >> 20;
		String seen = this.messages.get("doctor.disk", free);
		return (free >= DISK_NEEDED_MB) ? Check.ok("disk", seen)
				: Check.failed("disk", "full", seen, this.messages.get("doctor.disk.remedy", DISK_NEEDED_MB));
	}

	Check port(int port, String user) {
		String name = "port " + port;
		if (!Ports.taken(port)) {
			return Check.ok(name, this.messages.get("doctor.port.free", user));
		}
		return isOfTheLab(port, user) ? Check.ok(name, this.messages.get("doctor.port.used", user))
				: Check.failed(name, "port-taken", this.messages.get("doctor.port.taken", user),
						this.messages.get("doctor.port.remedy", port));
	}

	/**
	 * A broker is known by its answer, in whichever container or terminal it runs; a
	 * service by a process of this clone, whoever started it.
	 */
	private static boolean isOfTheLab(int port, String user) {
		String built = LabHome.ofProcess().root().resolve(user).resolve("target") + "/";
		return user.startsWith("kafka") ? new Listener("localhost", port).state() == Listener.State.KAFKA
				: ProcessHandle.allProcesses()
					.flatMap((process) -> process.info().commandLine().stream())
					.anyMatch((line) -> line.contains(built));
	}

	private Check tool(String command, String versionOption, String... probe) throws InterruptedException {
		String version = firstLine(command, versionOption);
		String remedy = this.messages.get("doctor." + command + ".remedy");
		if (version == null) {
			return Check.hint(command, "not-installed", this.messages.get("doctor.tool.absent"), remedy);
		}
		return (probe.length == 0 || firstLine(command, probe) != null) ? Check.ok(command, version)
				: Check.hint(command, "silent", this.messages.get("doctor.tool.silent", version), remedy);
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
