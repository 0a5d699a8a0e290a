package lab.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import lab.console.bench.BenchCommand;
import lab.console.board.BoardCommand;
import lab.console.chaos.ChaosCommand;
import lab.console.classroom.ClassCommand;
import lab.console.compare.CompareCommand;
import lab.console.deadletter.DltCommand;
import lab.console.doctor.DoctorCommand;
import lab.console.exercise.ExerciseCommand;
import lab.console.group.Cluster;
import lab.console.group.MetricsCommand;
import lab.console.group.ScaleCommand;
import lab.console.group.StatusCommand;
import lab.console.instance.Action;
import lab.console.instance.DownCommand;
import lab.console.instance.InstanceCommand;
import lab.console.instance.StartCommand;
import lab.console.lesson.list.LessonsCommand;
import lab.console.lesson.tour.TourCommand;
import lab.console.order.SendCommand;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.OptionException;
import lab.console.terminal.SafeOutput;
import lab.console.up.UpCommand;
import lab.console.watch.screen.WatchCommand;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * {@code lab}: reads the command line and runs the command it names. Plain Java without a
 * Spring context, so that a command such as {@code lab status} answers in about a second.
 */
@Command(name = "lab")
public final class Lab {

	@Mixin
	private final LabOptions options = new LabOptions();

	private Lab() {
	}

	public static void main(String[] args) {
		SafeOutput.install();
		String[] line = (args.length > 0) ? args : new String[] { "--help" };
		System.exit(commandLine(Messages.in(language(line))).execute(line));
	}

	static CommandLine commandLine(Messages messages) {
		CommandLine lab = new CommandLine(new Lab());
		// "@name" is what a person types, not the name of a file with arguments
		lab.setExpandAtFiles(false);
		commands().forEach(lab::addSubcommand);
		lab.addSubcommand(new HelpCommand());
		return lab.setResourceBundle(messages.bundle())
			.setCaseInsensitiveEnumValuesAllowed(true)
			// a group or topic may be named like an option or a command
			.setAllowOptionsAsOptionParameters(true)
			.setAllowSubcommandsAsOptionParameters(true)
			.setExecutionStrategy(Lab::run)
			.setParameterExceptionHandler((mistake, arguments) -> explain(mistake, messages))
			.setExecutionExceptionHandler((error, command, arguments) -> explain(error, command, messages));
	}

	/**
	 * The commands, in the order of the help.
	 */
	private static Map<String, Callable<Integer>> commands() {
		Map<String, Callable<Integer>> commands = new LinkedHashMap<>();
		commands.put("tour", new TourCommand());
		commands.put("lessons", new LessonsCommand());
		commands.put("exercise", new ExerciseCommand());
		commands.put("class", new ClassCommand());
		commands.put("up", new UpCommand());
		commands.put("status", new StatusCommand());
		commands.put("metrics", new MetricsCommand());
		commands.put("send", new SendCommand());
		commands.put("dlt", new DltCommand());
		commands.put("scale", new ScaleCommand());
		commands.put("board", new BoardCommand());
		commands.put("compare", new CompareCommand());
		commands.put("chaos", new ChaosCommand());
		commands.put("bench", new BenchCommand());
		commands.put("doctor", new DoctorCommand());
		commands.put("start", new StartCommand());
		commands.put("stop", new InstanceCommand(Action.STOP));
		commands.put("kill", new InstanceCommand(Action.KILL));
		commands.put("pause", new InstanceCommand(Action.PAUSE));
		commands.put("resume", new InstanceCommand(Action.RESUME));
		commands.put("watch", new WatchCommand());
		commands.put("down", new DownCommand(false));
		commands.put("reset", new DownCommand(true));
		return commands;
	}

	/**
	 * Runs the command. Options before its name apply to it unless it has them itself.
	 */
	private static int run(ParseResult lab) {
		List<OptionSpec> said = new ArrayList<>();
		CommandSpec last = lab.commandSpec();
		for (ParseResult command = lab; command != null; command = command.subcommand()) {
			for (OptionSpec before : said) {
				OptionSpec option = command.commandSpec().findOption(before.longestName());
				if (option != null && !command.hasMatchedOption(option)) {
					option.setValue(before.getValue());
				}
			}
			said.addAll(command.matchedOptions());
			last = command.commandSpec();
		}
		requireAddress(last);
		return new RunLast().execute(lab);
	}

	/**
	 * Refuses a bootstrap address that is none, which Kafka's client would try until its
	 * timeout. The doctor finds it itself.
	 */
	private static void requireAddress(CommandSpec command) {
		command.mixins()
			.values()
			.stream()
			.map(CommandSpec::userObject)
			.filter((mixin) -> mixin instanceof LabOptions && !(command.userObject() instanceof DoctorCommand))
			.map(LabOptions.class::cast)
			.filter(LabOptions::bootstrapServerIsNamed)
			.forEach((options) -> Cluster.malformed(options.bootstrapServer()).ifPresent((server) -> {
				throw new ParameterException(command.commandLine(),
						options.messages().get("cluster.malformed", server));
			}));
	}

	/**
	 * Prints what is wrong with the command line and which command prints the help, which
	 * is too long to follow an error.
	 */
	private static int explain(ParameterException mistake, Messages messages) {
		CommandLine command = mistake.getCommandLine();
		PrintWriter err = command.getErr();
		Mistake explained = new Mistake(mistake, messages);
		err.println("lab: " + explained.sentence());
		explained.meant().ifPresent((meant) -> err.println(messages.get("mistake.meant", meant)));
		err.println(usage(command, messages));
		return ExitCode.USAGE;
	}

	private static int explain(Exception error, CommandLine command, Messages messages) {
		PrintWriter err = command.getErr();
		err.println(
				"lab: " + ((error instanceof LabException) ? error.getMessage() : messages.get("unexpected", error)));
		if (error instanceof OptionException) {
			err.println(usage(command, messages));
		}
		if (LabOptions.verbose(command.getCommandSpec())) {
			err.println(Utils.stackTrace(error).stripTrailing());
		}
		return (error instanceof OptionException) ? ExitCode.USAGE : ExitCode.SOFTWARE;
	}

	private static String usage(CommandLine command, Messages messages) {
		String name = command.getCommandSpec().qualifiedName();
		return messages.get("usage", messages.command((name.substring("lab".length()) + " --help").strip()));
	}

	/**
	 * Finds the language before the options are parsed: help and errors are printed in
	 * it, too.
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
					// the parser reports an unknown language
				}
			}
		}
		return Language.fromEnvironment();
	}

}
