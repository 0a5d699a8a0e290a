package lab.console.instance;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.terminal.EnumOption;
import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;
import org.jspecify.annotations.Nullable;

/**
 * The rebalance protocol of the products. Each has a Spring profile of the same name in
 * product, with its settings.
 */
public enum Protocol {

	CONSUMER, CLASSIC, COOPERATIVE, STATIC, SHARE;

	/**
	 * The protocol of that name.
	 * @throws OptionException that lists the protocols, if there is none of that name
	 */
	public static Protocol named(String name, Messages messages) {
		return EnumOption.named(name, values(), "protocol.unknown", messages);
	}

	/**
	 * The Spring profiles of a product: what {@code SPRING_PROFILES_ACTIVE} of this
	 * process has beside a protocol, such as stock, and the protocol that was named.
	 * @param given the profiles of this process, separated by commas; null if there are
	 * none
	 */
	static String profiles(@Nullable String given, String protocol) {
		Stream<String> others = Stream.of((given != null) ? given.split(",") : new String[0])
			.map(String::strip)
			.filter((profile) -> !profile.isEmpty())
			.filter((profile) -> Stream.of(values()).map(Protocol::toString).noneMatch(profile::equals));
		return Stream.concat(others, Stream.of(protocol)).collect(Collectors.joining(","));
	}

	/**
	 * The name on the command line and of the Spring profile.
	 */
	@Override
	public String toString() {
		return EnumOption.name(this);
	}

}
