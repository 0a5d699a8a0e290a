package lab.console.lesson.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lab.console.lesson.Block;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Lesson;
import lab.console.process.Ports;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a tour needs before it starts: Docker, the commands of the lesson, and free
 * ports.
 */
@RequiredArgsConstructor
final class Preflight {

	/**
	 * Prometheus and its tool, which all its packages have.
	 */
	private static final List<String> PROMETHEUS = List.of("prometheus", "promtool");

	private final Path home;

	private final BrokerKind broker;

	private final Messages messages;

	/**
	 * The folders of the person's PATH.
	 */
	private final List<Path> path;

	/**
	 * Checks what the lesson needs.
	 * @return for each command that is not installed, a sentence that names its
	 * substitute
	 * @throws LabException if something is missing that has no substitute
	 */
	List<String> check(Lesson lesson) {
		if (this.broker == BrokerKind.DOCKER) {
			checkDocker();
		}
		if (types(lesson, "javac") && !isInstalled("javac")) {
			throw new LabException(this.messages.get("tour.no-javac"));
		}
		for (String name : PROMETHEUS) {
			if (types(lesson, name) && !isInstalled(name)) {
				throw new LabException(this.messages.get("tour.no-prometheus", name));
			}
		}
		List<String> standIns = standIns(lesson);
		if (standIns.contains("http") && !isInstalled("curl")) {
			throw new LabException(this.messages.get("tour.no-curl"));
		}
		checkPorts();
		return standIns.stream().map((name) -> this.messages.get("tour.stands-in", name, standIn(name))).toList();
	}

	private void checkPorts() {
		Ports.OF_THE_LAB.forEach((port, holder) -> {
			boolean ours = this.broker != BrokerKind.EXISTING || !holder.equals("kafka");
			if (ours && Ports.taken(port)) {
				throw new LabException(
						this.messages.get("tour.port-taken", port, holder, this.messages.command("down")));
			}
		});
	}

	private void checkDocker() {
		if (!isInstalled("docker")) {
			throw new LabException(this.messages.get("tour.no-docker"));
		}
		if (!succeeds("docker", "info")) {
			throw new LabException(this.messages.get("tour.docker-silent"));
		}
		if (!isInstalled("docker-compose") && !succeeds("docker", "compose", "version")) {
			throw new LabException(this.messages.get("tour.no-compose"));
		}
	}

	/**
	 * Returns the commands of the lesson that are not installed and that console/shims
	 * has a substitute for.
	 */
	private List<String> standIns(Lesson lesson) {
		try (Stream<Path> shims = Files.list(this.home.resolve("console/shims"))) {
			return shims.map((shim) -> shim.getFileName().toString())
				.filter((name) -> types(lesson, name) && !isInstalled(name))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new LabException(this.messages.get("lessons.unreadable", this.home.resolve("console/shims")), ex);
		}
	}

	private boolean types(Lesson lesson, String command) {
		return Pattern.compile("(?m)(^|[\\s;|&(])" + Pattern.quote(command) + "(\\s|$)")
			.matcher(String.join("\n", typed(lesson)))
			.find();
	}

	private List<String> typed(Lesson lesson) {
		return lesson.steps()
			.stream()
			.flatMap((step) -> step.blocks().stream())
			.filter((block) -> block.only() == null || block.only() == this.broker)
			.flatMap((block) -> Stream.ofNullable(typed(block)))
			.toList();
	}

	private static @Nullable String typed(Block block) {
		if (block instanceof Run run) {
			return run.script().text();
		}
		return (block instanceof Start start) ? start.script().text() : null;
	}

	private static String standIn(String name) {
		return switch (name) {
			case "mvn" -> "./mvnw";
			case "http" -> "curl";
			case "docker-compose" -> "docker compose";
			default -> "console/shims/" + name;
		};
	}

	private boolean isInstalled(String command) {
		return this.path.stream()
			.map((folder) -> folder.resolve(command))
			.anyMatch((file) -> Files.isRegularFile(file) && Files.isExecutable(file));
	}

	private static boolean succeeds(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				return false;
			}
			return process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
