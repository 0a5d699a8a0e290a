package lab.console.instance;

import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code lab start INSTANCE}, with an option that changes the protocol: a group changes
 * it one member after the other, each stopped and started again.
 */
public class StartCommand extends InstanceCommand {

	@Option(names = "--protocol", paramLabel = "PROTOCOL", descriptionKey = "start.protocol")
	private @Nullable String protocol;

	public StartCommand() {
		super(Action.START);
	}

	@Override
	void prepare(Instances instances, Instance instance, Messages messages) {
		if (this.protocol != null) {
			Protocol named = Protocol.named(this.protocol, messages);
			if (!instance.isProduct()) {
				throw new OptionException(messages.get("start.protocol-none", instance.name()));
			}
			instances.noteProtocol(named);
		}
	}

}
