package lab.console.instance;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * The rebalance protocol of the products. Each has a Spring profile of the same name in
 * product, with its settings.
 */
public enum Protocol {

	CONSUMER, CLASSIC, COOPERATIVE, STATIC, SHARE;

	/**
	 * The protocol of that name.
	 * @throws LabException that lists the protocols, if there is none of that name
	 */
	public static Protocol named(String name, Messages messages) {
		return Stream.of(values())
			.filter((protocol) -> protocol.toString().equals(name.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new LabException(messages.get("protocol.unknown", name,
					Stream.of(values()).map(Protocol::toString).collect(Collectors.joining(", ")))));
	}

	/**
	 * The name on the command line and of the Spring profile.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
