package lab.console.terminal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import lab.console.process.LabHome;
import lab.console.terminal.Messages.Language;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The options that every command takes.
 */
public class LabOptions {

	/**
	 * The topic of the orders, without the prefix.
	 */
	public static final String TOPIC = "topic_example";

	/**
	 * The group of the products, without the prefix.
	 */
	public static final String GROUP = "product";

	private static final String VERBOSE = "--verbose";

	@Option(names = "--bootstrap-server", paramLabel = "HOST:PORT", descriptionKey = "option.bootstrap-server",
			defaultValue = "${KAFKA_BOOTSTRAP_SERVERS}")
	private @Nullable String bootstrapServer;

	@Option(names = "--command-config", paramLabel = "FILE", descriptionKey = "option.command-config")
	private @Nullable Path commandConfig;

	@Option(names = "--prefix", paramLabel = "PREFIX", descriptionKey = "option.prefix",
			defaultValue = "${LAB_PREFIX:-}")
	private String prefix = "";

	@Option(names = "--lang", paramLabel = "ko|en", descriptionKey = "option.lang")
	private @Nullable Language language;

	@Option(names = "--json", descriptionKey = "option.json")
	private boolean json;

	@Option(names = VERBOSE, descriptionKey = "option.verbose")
	private boolean verbose;

	@Option(names = { "-h", "--help" }, usageHelp = true, descriptionKey = "option.help")
	private boolean help;

	/**
	 * The cluster's bootstrap servers, {@code host:port[,host:port...]}.
	 */
	public String bootstrapServer() {
		return (this.bootstrapServer != null) ? this.bootstrapServer : LabHome.ofProcess().bootstrapServers();
	}

	/**
	 * Whether a cluster was named, even if it is the lab's own.
	 */
	public boolean bootstrapServerIsNamed() {
		return this.bootstrapServer != null;
	}

	/**
	 * Whether the cluster is not the lab's own, or needs client settings.
	 */
	public boolean clusterIsNamed() {
		return this.commandConfig != null
				|| this.bootstrapServer != null && !this.bootstrapServer.equals(LabHome.ofProcess().bootstrapServers());
	}

	/**
	 * Adds the options that tell on which cluster, and under which names.
	 */
	public NextCommand addClusterTo(NextCommand command) {
		return command.with("--bootstrap-server", this.bootstrapServer, "KAFKA_BOOTSTRAP_SERVERS")
			.with("--command-config", this.commandConfig, "")
			.with("--prefix", this.prefix, "LAB_PREFIX");
	}

	/**
	 * Further settings of Kafka's clients, such as those for security, as for the kafka-*
	 * commands.
	 */
	public Optional<Path> commandConfig() {
		return Optional.ofNullable(this.commandConfig);
	}

	/**
	 * The start of the name of every topic and group, so that many people can share one
	 * cluster; empty by default.
	 * @throws OptionException if it cannot be part of such a name, or does not end with a
	 * separator: others' names may begin with the same letters
	 */
	public String prefix() {
		if (!this.prefix.matches("[A-Za-z0-9._-]{0,50}")) {
			throw new OptionException(messages().get("prefix.wrong", this.prefix));
		}
		if (!this.prefix.isEmpty() && !this.prefix.matches(".*[._-]")) {
			throw new OptionException(messages().get("prefix.no-separator", this.prefix));
		}
		return this.prefix;
	}

	/**
	 * Refuses what is no port to listen on.
	 * @throws OptionException if it is not between 1 and 65535
	 */
	public void requirePort(int port) {
		if (port < 1 || port > 65535) {
			throw new OptionException(messages().get("board.port-wrong", port));
		}
	}

	/**
	 * Whether an error of that command is to be printed with its stack trace.
	 */
	public static boolean verbose(CommandSpec command) {
		OptionSpec option = command.findOption(VERBOSE);
		return option != null && Boolean.TRUE.equals(option.getValue());
	}

	public Messages messages() {
		return Messages.in((this.language != null) ? this.language : Language.fromEnvironment());
	}

	/**
	 * Returns the messages of the language that was named, or of each language.
	 */
	public List<Messages> languages() {
		Stream<Language> languages = (this.language != null) ? Stream.of(this.language) : Stream.of(Language.values());
		return languages.map(Messages::in).toList();
	}

	/**
	 * Whether results are for a program: one JSON object a line.
	 */
	public boolean json() {
		return this.json;
	}

}
