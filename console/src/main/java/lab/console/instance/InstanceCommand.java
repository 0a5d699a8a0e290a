package lab.console.instance;

import java.util.concurrent.Callable;

import lab.console.group.PossibleCause;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code lab start}, {@code stop}, {@code kill}, {@code pause} and
 * {@code resume INSTANCE}, from any terminal.
 */
@Command
@RequiredArgsConstructor
public class InstanceCommand implements Callable<Integer> {

	/**
	 * What is done to the instance, and what it is when done.
	 */
	public enum Action {

		START("started", PossibleCause.Kind.STARTED), STOP("stopped", PossibleCause.Kind.STOPPED),
		KILL("killed", PossibleCause.Kind.DIED), PAUSE("paused", PossibleCause.Kind.PAUSED),
		RESUME("resumed", PossibleCause.Kind.RESUMED);

		private final String done;

		private final PossibleCause.Kind mark;

		Action(String done, PossibleCause.Kind mark) {
			this.done = done;
			this.mark = mark;
		}

		/**
		 * What it is in the history of the group.
		 */
		PossibleCause.Kind mark() {
			return this.mark;
		}

	}

	/**
	 * What became of the instance.
	 */
	record Done(String instance, String state, int port) {

		static Done of(Instance instance, Action action) {
			return new Done(instance.name(), action.done, instance.port());
		}

	}

	private final Action action;

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(paramLabel = "INSTANCE", descriptionKey = "instance.name")
	private String name = "";

	@Override
	public Integer call() throws InterruptedException {
		Messages messages = this.options.messages();
		Instances instances = new Instances(LabHome.ofProcess(), messages);
		Instance instance = Instance.named(this.name)
			.orElseThrow(() -> new LabException(messages.get("instance.unknown", this.name)));
		prepare(instances, instance, messages);
		instances.act(this.action, instance, Instances.clientEnvironment(this.options));
		System.out.println(this.options.json() ? Json.line(Done.of(instance, this.action))
				: messages.get("instance." + this.action.done, this.name, instance.port()));
		return 0;
	}

	/**
	 * What is to be done before.
	 */
	void prepare(Instances instances, Instance instance, Messages messages) {
		// nothing, unless the action has options of its own
	}

}
