package lab.console.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
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
			Folders.deleteAllBut(home.progress(), home.state());
			say("removed", home.state().toString(), messages
				.get(Files.exists(home.progress()) ? "reset.done-but-progress" : "reset.done", home.state()));
		}
		else if (up.isEmpty() && running.isEmpty()) {
			say("stopped", "", messages.get("down.nothing"));
		}
		else {
			say("stopped", "", messages.get("down.done"));
		}
		return 0;
	}

	private void say(String state, String what, String sentence) {
		System.out.println(this.options.json() ? Json.line(new Stopped(what, state)) : sentence);
	}

}
