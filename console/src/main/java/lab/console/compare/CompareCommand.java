package lab.console.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Setting;
import lab.console.compare.report.Report;
import lab.console.compare.report.ResultFiles;
import lab.console.compare.report.Results;
import lab.console.compare.run.Comparison;
import lab.console.compare.run.Hosts;
import lab.console.compare.run.RunContext;
import lab.console.compare.run.RunNames;
import lab.console.compare.run.WarmUp;
import lab.console.group.Cluster;
import lab.console.instance.OwnBroker;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lab compare}: measures what a rebalance costs under each protocol.
 */
@Command(name = "compare")
public class CompareCommand implements Callable<Integer> {

	/**
	 * Settings of the broker. The minimums are lowered so that tuned settings are
	 * accepted; Kafka's defaults are unaffected.
	 */
	private static final Map<String, String> LOWER_MINIMUMS = Map.of("group.share.min.heartbeat.interval.ms", "500",
			"group.share.min.session.timeout.ms", "5000");

	private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(1);

	private static final Pattern SPRING_KAFKA = Pattern.compile("spring-kafka-(\\d[^/\\\\]*)\\.jar");

	@Mixin
	private final LabOptions options = new LabOptions();

	@Mixin
	private final PlanOptions planOptions = new PlanOptions();

	@Option(names = "--out", paramLabel = "DIR", descriptionKey = "compare.out")
	private @Nullable Path out;

	@Option(names = "--from", paramLabel = "FILE", descriptionKey = "compare.from")
	private @Nullable Path from;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		if (this.from != null) {
			this.planOptions.requireNone(messages);
			return draw(Results.read(this.from, messages), messages);
		}
		Plan plan = this.planOptions.plan(messages);
		ResultFiles files = resultFiles(messages);
		return Cleanup.run(new CleanupReport(messages), (cleanup) -> compare(plan, files, messages, cleanup));
	}

	private int compare(Plan plan, ResultFiles files, Messages messages, Cleanup cleanup) throws Exception {
		LabHome home = LabHome.ofProcess();
		cleanup.add("compare", MESSAGE_TIMEOUT, () -> {
			if (cleanup.interrupted()) {
				System.err.println(messages.get("compare.interrupted", files.runs()));
			}
		});
		if (this.options.bootstrapServerIsNamed()) {
			return compare(plan, this.options, home, files, messages, cleanup);
		}
		LabHome ownHome = new LabHome(home.root(), home.folder("compare"));
		requireAlone(ownHome, messages);
		OwnBroker broker = OwnBroker.start(ownHome, LOWER_MINIMUMS, messages, cleanup);
		LabOptions own = CommandLine.populateCommand(new LabOptions(),
				"--bootstrap-server=" + broker.bootstrapServers());
		return compare(plan, own, home, files, messages, cleanup);
	}

	private int compare(Plan plan, LabOptions options, LabHome home, ResultFiles files, Messages messages,
			Cleanup cleanup) throws InterruptedException {
		try (Cluster cluster = Cluster.connect(options, messages)) {
			requireFeatures(plan, cluster, messages);
			String prefix = "%scompare-%06x-".formatted(this.options.prefix(), new Random().nextInt(1 << 24));
			Properties client = clientProperties(options);
			WarmUp warmUp = new WarmUp(cluster, client, plan.memberKinds(), RunNames.of(prefix + "warm-up-"), messages);
			RunContext context = new RunContext(cluster, client, new Hosts(home, messages, warmUp), prefix, messages);
			ComparisonProgress progress = new ComparisonProgress(System.err, messages, plan);
			System.err.println(messages.get("compare.begin", progress.all(), options.bootstrapServer(),
					ComparisonProgress.minutes(progress.left())));
			Results results;
			// closed here, before the results are shown, or by the cleanup
			try (Comparison comparison = cleanup.add(prefix, Comparison.timeToClose(plan),
					new Comparison(plan, context, List.of(files, progress)))) {
				warmUp.prepare();
				results = Results.of(commandLine(), versions(cluster, home), plan, comparison.run());
			}
			catch (LabException ex) {
				throw (ex.getCause() instanceof AuthorizationException)
						? new LabException(messages.get("compare.rights", prefix, ex.getMessage()), ex) : ex;
			}
			files.write(results, messages);
			print(results, messages.get("compare.files", files.folder().toAbsolutePath()), messages);
			return results.rows().stream().anyMatch((row) -> row.voids() > 0) ? 1 : 0;
		}
	}

	/**
	 * Writes this process to the PID file. Two comparisons on one machine would distort
	 * each other's figures.
	 * @throws LabException if a comparison is running
	 */
	private static void requireAlone(LabHome home, Messages messages) {
		home.pidFile("compare").claim().ifPresent((process) -> {
			throw new LabException(messages.get("compare.running", process.pid()));
		});
	}

	/**
	 * Returns the settings with which members connect to the cluster: those of the
	 * console without its timeouts.
	 */
	private static Properties clientProperties(LabOptions options) {
		Properties client = Cluster.clientProperties(options);
		client.remove(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
		client.remove(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG);
		return client;
	}

	private static void requireFeatures(Plan plan, Cluster cluster, Messages messages) {
		for (Setting setting : plan.settings()) {
			String feature = setting.shared() ? "share.version" : "group.version";
			if (setting.coordinated() && cluster.feature(feature) == 0) {
				throw new LabException(messages.get("compare.too-old", setting.name(), feature));
			}
		}
	}

	/**
	 * Creates the folder for the results.
	 * @throws LabException if it cannot be written to
	 */
	private ResultFiles resultFiles(Messages messages) {
		Path out = (this.out != null) ? this.out
				: LabHome.ofProcess()
					.folder("compare")
					.resolve(DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss").format(LocalDateTime.now()));
		try {
			ResultFiles files = new ResultFiles(Files.createDirectories(out));
			if (this.from == null) {
				Files.deleteIfExists(files.runs());
			}
			return files;
		}
		catch (IOException ex) {
			throw new LabException(messages.get("compare.out-wrong", out), ex);
		}
	}

	private int draw(Results results, Messages messages) {
		ResultFiles files = resultFiles(messages);
		files.draw(results, messages);
		print(results, messages.get("compare.drawn", files.folder().toAbsolutePath()), messages);
		return 0;
	}

	private String commandLine() {
		return "./lab "
				+ String.join(" ", Objects.requireNonNull(this.spec).commandLine().getParseResult().originalArgs());
	}

	private static Results.Versions versions(Cluster cluster, LabHome home) {
		return new Results.Versions(System.getProperty("java.version"), AppInfoParser.getVersion(), springKafka(home),
				String.valueOf(cluster.feature("metadata.version")));
	}

	private static String springKafka(LabHome home) {
		Matcher jar = SPRING_KAFKA.matcher(home.classPath("bench"));
		return jar.find() ? jar.group(1) : "";
	}

	private void print(Results results, String files, Messages messages) {
		if (this.options.json()) {
			results.rows().forEach((row) -> System.out.println(Json.line(row)));
		}
		else {
			new Report(Terminal.ofProcess(), messages).print(results);
			System.out.println(files);
		}
	}

}
