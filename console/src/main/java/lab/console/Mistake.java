package lab.console;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import lab.console.terminal.Messages;
import lab.console.terminal.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in the person's language: picocli's own sentences
 * are English.
 */
record Mistake(ParameterException error, Messages messages) {

	/**
	 * Says what is wrong and what to do.
	 */
	String sentence() {
		CommandSpec command = this.error.getCommandLine().getCommandSpec();
		String name = "./" + command.qualifiedName();
		if (this.error instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
			String first = unmatched.getUnmatched().get(0);
			if (isOption(first)) {
				return this.messages.get("mistake.unknown-option", name, option(first));
			}
			return this.messages.get(command.subcommands().isEmpty() ? "mistake.unexpected" : "mistake.unknown-command",
					name, first);
		}
		if (this.error instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
			return missing(name, missing.getMissing());
		}
		if (this.error instanceof MutuallyExclusiveArgsException) {
			return this.messages.get("mistake.exclusive",
					command.argGroups()
						.stream()
						.filter(ArgGroupSpec::exclusive)
						.flatMap((group) -> group.args().stream())
						.map(Mistake::typed)
						.collect(Collectors.joining(", ")));
		}
		if (this.error instanceof OverwrittenOptionException twice) {
			return this.messages.get("mistake.twice", label(twice.getOverwritten()));
		}
		String value = this.error.getValue();
		if (value != null) {
			ArgSpec of = this.error.getArgSpec();
			return (of != null) ? value(of, value) : this.messages.get("mistake.unknown-command", name, value);
		}
		// a sentence of the lab's own
		return String.valueOf(this.error.getMessage());
	}

	private String missing(String command, List<ArgSpec> missing) {
		if (missing.get(0).group() != null) {
			return this.messages.get("mistake.missing-one", command,
					missing.stream().map(Mistake::typed).collect(Collectors.joining(", ")));
		}
		ArgSpec argument = missing.get(0);
		if (argument.isOption()) {
			return this.messages.get("mistake.missing-value", label(argument), typed(argument));
		}
		return this.messages.get("mistake.missing", command, argument.paramLabel(), argument.description()[0]);
	}

	private String value(ArgSpec of, String value) {
		Class<?> type = of.auxiliaryTypes()[0];
		if (type == Boolean.class || type == boolean.class) {
			return this.messages.get("mistake.no-value", label(of), value);
		}
		if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
			return this.messages.get("mistake.not-a-number", label(of), value);
		}
		if (type.isEnum()) {
			return this.messages.get("mistake.not-one-of", label(of), value, of.paramLabel().replace("|", ", "));
		}
		return this.messages.get("mistake.not-a-value", label(of), value, of.description()[0]);
	}

	/**
	 * Returns the command or the option that was probably meant.
	 */
	Optional<String> meant() {
		CommandLine command = this.error.getCommandLine();
		if (this.error instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
			String first = unmatched.getUnmatched().get(0);
			return isOption(first) ? Nearest.to(option(first), names(command)) : meantCommand(command, first);
		}
		return (this.error.getValue() != null && this.error.getArgSpec() == null)
				? meantCommand(command, this.error.getValue()) : Optional.empty();
	}

	private static Collection<String> names(CommandLine command) {
		return command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
	}

	private Optional<String> meantCommand(CommandLine command, String typed) {
		String name = command.getCommandSpec().qualifiedName().substring("lab".length());
		return Nearest.to(typed, command.getSubcommands().keySet())
			.map((near) -> this.messages.command((name + " " + near).strip()));
	}

	private static boolean isOption(String word) {
		return word.length() > 1 && word.startsWith("-");
	}

	private static String option(String word) {
		return word.replaceFirst("=.*", "");
	}

	/**
	 * Returns the name of an option or a parameter.
	 */
	private static String label(ArgSpec argument) {
		return (argument instanceof OptionSpec option) ? option.longestName() : argument.paramLabel();
	}

	/**
	 * Returns what a person types: the name, and what stands for its value.
	 */
	private static String typed(ArgSpec argument) {
		return label(argument)
				+ ((argument.isOption() && argument.arity().max() > 0) ? " " + argument.paramLabel() : "");
	}

}
