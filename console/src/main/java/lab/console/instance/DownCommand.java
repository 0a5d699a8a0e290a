package lab.console.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lombok.RequiredArgsConstructor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code lab down} stops what the lab started; {@code lab reset} also removes what it
 * wrote.
 */
@Command
@RequiredArgsConstructor
public class DownCommand implements Callable<Integer> {

	/**
	 * Longer than it takes {@code lab up} to close the board and to stop one instance.
	 */
	private static final Duration UP_TIMEOUT = Duration.ofSeconds(60);

	private record Stopped(String instance, String state) {
	}

	private final boolean reset;

	@Mixin
	private final LabOptions options = new LabOptions();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Messages messages = this.options.messages();
		LabHome home = LabHome.ofProcess();
		Instances instances = new Instances(home, messages);
		Optional<ProcessHandle> up = instances.pidFile("up").running();
		up.ifPresent((process) -> {
			say("stopping", "lab up", messages.get("instance.stopping", "lab up"));
			if (!new UpProcess(instances, process).stop(UP_TIMEOUT)) {
				say("killed", "lab up", messages.get("down.up-killed", UP_TIMEOUT.toSeconds()));
			}
		});
		List<Instance> running = instances.running();
		instances.stopAll(
				(instance) -> say("stopping", instance.name(), messages.get("instance.stopping", instance.name())));
		if (this.reset) {
			instances.removeContainers().ifPresent((sentence) -> say("left", "docker", sentence));
			removeState(home, messages);
		}
		else if (up.isEmpty() && running.isEmpty()) {
			boolean tour = home.tourProcess().running().isPresent();
			say("stopped", "", messages.get(tour ? "down.tour" : "down.nothing"));
		}
		else {
			say("stopped", "", messages.get("down.done"));
		}
		return 0;
	}

	/**
	 * Removes what the lab wrote, but not what is the learner's own.
	 */
	private void removeState(LabHome home, Messages messages) throws IOException {
		List<Path> kept = new ArrayList<>();
		if (Files.exists(home.progress())) {
			kept.add(home.progress());
		}
		if (Files.exists(home.exercises())) {
			if (removesExercises(home, messages)) {
				Folders.delete(home.solvedExercises());
			}
			else {
				kept.add(home.exercises());
			}
		}
		Folders.deleteAllBut(kept, home.state());
		String what = kept.stream().map((folder) -> folder.getFileName().toString()).collect(Collectors.joining(", "));
		say("removed", home.state().toString(),
				kept.isEmpty() ? messages.get("reset.done", home.state())
						: kept.equals(List.of(home.progress())) ? messages.get("reset.done-but-progress", home.state())
								: messages.get("reset.done-but", home.state(), what));
	}

	/**
	 * Asks the person, if there is one.
	 */
	private boolean removesExercises(LabHome home, Messages messages) throws IOException {
		Terminal terminal = Terminal.ofProcess();
		if (!terminal.interactive() || this.options.json()) {
			return false;
		}
		terminal.out().print(messages.get("reset.exercises", home.exercises()) + " ");
		terminal.out().flush();
		String answer = Terminal.keyboard().readLine();
		return answer != null && answer.strip().equalsIgnoreCase("y");
	}

	private void say(String state, String what, String sentence) {
		System.out.println(this.options.json() ? Json.line(new Stopped(what, state)) : sentence);
	}

}
