package lab.console.instance;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * How the products share the partitions among them. Each has a Spring profile of the same
 * name in product, which says what it changes.
 */
public enum Protocol {

	CONSUMER, CLASSIC, COOPERATIVE, STATIC, SHARE;

	/**
	 * The protocol of that name.
	 * @throws LabException naming those that there are, when it is none of them
	 */
	public static Protocol named(String name, Messages messages) {
		return Stream.of(values())
			.filter((protocol) -> protocol.toString().equals(name.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new LabException(messages.get("protocol.unknown", name,
					Stream.of(values()).map(Protocol::toString).collect(Collectors.joining(", ")))));
	}

	/**
	 * As written on the command line, and as the profile is called.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
