package lab.console.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A command of the lab for the person to type next, with the options that were chosen, so
 * that it does what the person expects after the one that printed it.
 */
public final class NextCommand {

	private final List<String> words = new ArrayList<>();

	/**
	 * @param words without {@code ./lab}
	 */
	public NextCommand(String... words) {
		this.words.addAll(List.of(words));
	}

	/**
	 * Adds an option, unless nothing was chosen, or the person's environment has it: the
	 * next command reads it there.
	 * @param value null or empty where nothing was chosen
	 * @param variable the environment variable from which the option is read, too
	 */
	public NextCommand with(String option, @Nullable Object value, String variable) {
		String chosen = (value != null) ? value.toString() : "";
		if (!chosen.isEmpty() && !chosen.equals(System.getenv(variable))) {
			this.words.add(option);
			this.words.add(chosen);
		}
		return this;
	}

	/**
	 * Returns the command as a shell reads it.
	 */
	public String in(Messages messages) {
		return messages.command(this.words.stream().map(NextCommand::quoted).collect(Collectors.joining(" ")));
	}

	private static String quoted(String word) {
		return word.matches("[\\p{L}\\p{N}._:/@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
	}

}
