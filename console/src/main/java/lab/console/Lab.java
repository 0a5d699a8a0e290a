package lab.console;

import java.io.PrintWriter;
import java.util.Locale;

import lab.console.board.BoardCommand;
import lab.console.compare.CompareCommand;
import lab.console.doctor.DoctorCommand;
import lab.console.group.MetricsCommand;
import lab.console.group.ScaleCommand;
import lab.console.group.StatusCommand;
import lab.console.instance.DownCommand;
import lab.console.instance.InstanceCommand;
import lab.console.instance.InstanceCommand.Action;
import lab.console.instance.LabInstances;
import lab.console.instance.StartCommand;
import lab.console.lesson.list.LessonsCommand;
import lab.console.lesson.tour.TourCommand;
import lab.console.order.SendCommand;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.up.UpCommand;
import lab.console.watch.screen.WatchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code lab}: reads the command line and runs the command it names. Plain Java without a
 * Spring context, so that a command such as {@code lab status} answers in about a second.
 */
@Command(name = "lab",
		subcommands = { TourCommand.class, LessonsCommand.class, UpCommand.class, StatusCommand.class,
				MetricsCommand.class, SendCommand.class, ScaleCommand.class, BoardCommand.class, CompareCommand.class,
				DoctorCommand.class })
public final class Lab {

	@Mixin
	private final LabOptions options = new LabOptions();

	private Lab() {
	}

	public static void main(String[] args) {
		String[] line = (args.length > 0) ? args : new String[] { "--help" };
		System.exit(commandLine(Messages.in(language(line))).execute(line));
	}

	static CommandLine commandLine(Messages messages) {
		CommandLine lab = new CommandLine(new Lab());
		for (Action action : Action.values()) {
			lab.addSubcommand(action.name().toLowerCase(Locale.ROOT),
					(action != Action.START) ? new InstanceCommand(action) : new StartCommand());
		}
		lab.addSubcommand("watch", new WatchCommand(LabInstances::new));
		lab.addSubcommand("down", new DownCommand(false)).addSubcommand("reset", new DownCommand(true));
		return lab.setResourceBundle(messages.bundle())
			.setCaseInsensitiveEnumValuesAllowed(true)
			.setExecutionStrategy(Lab::run)
			.setParameterExceptionHandler((mistake, arguments) -> explain(mistake, messages))
			.setExecutionExceptionHandler((exception, command, parsed) -> {
				command.getErr()
					.println("lab: " + ((exception instanceof LabException) ? exception.getMessage()
							: messages.get("unexpected", exception)));
				return 1;
			});
	}

	/**
	 * What is said before the command holds for the command, unless it is told otherwise.
	 */
	private static int run(ParseResult lab) {
		ParseResult command = lab.subcommand();
		if (command != null) {
			for (OptionSpec said : lab.matchedOptions()) {
				OptionSpec option = command.commandSpec().findOption(said.longestName());
				if (option != null && !command.hasMatchedOption(option)) {
					option.setValue(said.getValue());
				}
			}
		}
		return new RunLast().execute(lab);
	}

	/**
	 * The sentence, and where the rest is: sixty lines of help after it would hide it.
	 */
	private static int explain(ParameterException mistake, Messages messages) {
		CommandLine command = mistake.getCommandLine();
		PrintWriter err = command.getErr();
		err.println("lab: " + mistake.getMessage());
		UnmatchedArgumentException.printSuggestions(mistake, err);
		err.println(messages.get("usage", command.getCommandSpec().qualifiedName()));
		return ExitCode.USAGE;
	}

	/**
	 * The language is needed before the options are parsed: help and mistakes are said in
	 * it too.
	 */
	private static Language language(String[] args) {
		for (int i = 0; i < args.length; i++) {
			String value = args[i].startsWith("--lang=") ? args[i].substring("--lang=".length())
					: (args[i].equals("--lang") && i + 1 < args.length) ? args[i + 1] : "";
			switch (value.toLowerCase(Locale.ROOT)) {
				case "ko" -> {
					return Language.KO;
				}
				case "en" -> {
					return Language.EN;
				}
				default -> {
					// the parser names a language that the lab does not speak
				}
			}
		}
		return Language.fromEnvironment();
	}

}
