package lab.console.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The constants of an enum as the values of an option: {@code STOP_ORDER} is
 * {@code stop-order}.
 */
public final class EnumOption {

	private EnumOption() {
	}

	/**
	 * The name of the constant on the command line.
	 */
	public static String name(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The constant of that name, in upper or lower case.
	 * @param unknown the key of the message on a name that is none, with the name and the
	 * names that there are
	 * @throws OptionException with that message
	 */
	public static <E extends Enum<E>> E named(String name, E[] constants, String unknown, Messages messages) {
		return Arrays.stream(constants)
			.filter((constant) -> name(constant).equals(name.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new OptionException(messages.get(unknown, name,
					Arrays.stream(constants).map(EnumOption::name).collect(Collectors.joining(", ")))));
	}

}
