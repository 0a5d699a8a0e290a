package lab.console.instance;

import java.util.concurrent.Callable;

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
		System.out.println(this.options.json() ? Json.line(new ActionDone(instance, this.action))
				: messages.get("instance." + this.action.done(), this.name, instance.port()));
		return 0;
	}

	/**
	 * Is called before the action; a command with options of its own overrides it.
	 */
	void prepare(Instances instances, Instance instance, Messages messages) {
	}

}
