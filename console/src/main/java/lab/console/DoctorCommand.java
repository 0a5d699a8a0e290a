package lab.console;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import lab.console.group.Cluster;
import lab.console.process.Ports;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code lab doctor}: what on this machine could be in the lab's way, each with its
 * remedy.
 */
@Command(name = "doctor")
class DoctorCommand implements Callable<Integer> {

	private static final long DISK_NEEDED_MB = 2048;

	/**
	 * @param name what was looked at
	 * @param ok whether it is as it should be
	 * @param required whether the lab cannot do without
	 * @param seen what was found
	 * @param remedy what to do, where something is to be done
	 */
	record Check(String name, boolean ok, boolean required, String seen, @Nullable String remedy) {
	}

	@Mixin
	private final LabOptions options = new LabOptions();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Messages messages = this.options.messages();
		Terminal terminal = Terminal.ofProcess();
		List<Check> checks = new ArrayList<>(List.of(java(), disk(messages)));
		boolean broker = Cluster.reachable(this.options.bootstrapServer());
		Ports.OF_THE_LAB.forEach((port, user) -> checks.add(port(port, user, broker, messages)));
		checks.add(broker(broker, messages));
		checks.add(tool("docker", "--version", messages, "info"));
		checks.add(tool("http", "--version", messages));
		checks.add(tool("mvn", "--version", messages));
		for (Check check : checks) {
			terminal.println(this.options.json() ? Json.line(check) : describe(check, terminal));
		}
		return checks.stream().allMatch((check) -> check.ok() || !check.required()) ? 0 : 1;
	}

	private static String describe(Check check, Terminal terminal) {
		String mark = check.ok() ? terminal.style(Style.GREEN, "✓")
				: check.required() ? terminal.style(Style.RED, "✗") : terminal.style(Style.YELLOW, "·");
		String line = "%s %-10s %s".formatted(mark, check.name(), check.seen());
		return (check.remedy() != null) ? line + System.lineSeparator() + " ".repeat(13) + check.remedy() : line;
	}

	private static Check java() {
		// the launcher has refused anything older
		return new Check("Java", true, true,
				System.getProperty("java.version") + ", " + System.getProperty("java.home"), null);
	}

	private static Check disk(Messages messages) throws IOException {
		LabHome home = LabHome.ofProcess();
		long free = Files.getFileStore(home.root()).getUsableSpace() >> 20;
		boolean ok = free >= DISK_NEEDED_MB;
		return new Check("disk", ok, true, messages.get("doctor.disk", free),
				ok ? null : messages.get("doctor.disk.remedy", DISK_NEEDED_MB));
	}

	/**
	 * A port that is in use is as it should be while the lab runs, which the broker's
	 * answer tells.
	 */
	private static Check port(int port, String user, boolean broker, Messages messages) {
		boolean free = !Ports.taken(port);
		return new Check("port " + port, free || broker, true,
				messages.get(free ? "doctor.port.free" : "doctor.port.taken", user),
				(free || broker) ? null : messages.get("doctor.port.remedy", port));
	}

	private Check broker(boolean reachable, Messages messages) {
		if (!reachable) {
			return new Check("broker", false, false, messages.get("doctor.broker.none", this.options.bootstrapServer()),
					messages.get("doctor.broker.remedy"));
		}
		try (Cluster cluster = Cluster.connect(this.options)) {
			return new Check("broker", true, true,
					messages.get("doctor.broker", this.options.bootstrapServer(), cluster.nodes()), null);
		}
		catch (LabException ex) {
			return new Check("broker", false, true, String.valueOf(ex.getMessage()), null);
		}
	}

	private static Check tool(String command, String versionOption, Messages messages, String... probe)
			throws InterruptedException {
		String version = firstLine(command, versionOption);
		boolean ok = version != null && (probe.length == 0 || firstLine(command, probe) != null);
		String seen = (version == null) ? messages.get("doctor.tool.absent")
				: ok ? version : messages.get("doctor.tool.silent", version);
		return new Check(command, ok, false, seen, ok ? null : messages.get("doctor." + command + ".remedy"));
	}

	private static @Nullable String firstLine(String command, String... arguments) throws InterruptedException {
		List<String> line = new ArrayList<>(List.of(command));
		line.addAll(List.of(arguments));
		try {
			Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes());
			return (process.waitFor() == 0) ? Terminal.plain(output).lines().findFirst().orElse("") : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

}
