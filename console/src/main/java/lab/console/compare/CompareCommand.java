package lab.console.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.MemberKind;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Scenario;
import lab.console.compare.plan.Setting;
import lab.console.compare.plan.Settings;
import lab.console.compare.report.Report;
import lab.console.compare.report.ResultFiles;
import lab.console.compare.report.Results;
import lab.console.compare.report.ResultRow;
import lab.console.compare.run.Comparison;
import lab.console.compare.run.Hosts;
import lab.console.compare.run.Interruption;
import lab.console.compare.run.RunContext;
import lab.console.compare.run.RunNames;
import lab.console.compare.run.WarmUp;
import lab.console.group.Cluster;
import lab.console.instance.OwnBroker;
import lab.console.process.LabHome;
import lab.console.process.PidFile;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code lab compare}: what a rebalance costs under each protocol, measured.
 */
@Command(name = "compare")
public class CompareCommand implements Callable<Integer> {

	/**
	 * The floors are lower than Kafka's so that a setting may be tuned; nobody is held to
	 * a floor who does not ask.
	 */
	private static final Map<String, String> FLOORS = Map.of("group.share.min.heartbeat.interval.ms", "500",
			"group.share.min.session.timeout.ms", "5000");

	/**
	 * What a shell says of a program that Ctrl-C ended.
	 */
	private static final int INTERRUPTED = 130;

	private static final List<String> QUICK_SETTINGS = List.of("consumer-tuned", "consumer", "classic-tuned", "classic",
			"cooperative");

	private static final List<Scenario> QUICK_SCENARIOS = List.of(Scenario.GROWTH, Scenario.JOIN, Scenario.LEAVE);

	private static final Pattern GROWTH = Pattern.compile("(\\d{1,4}):(\\d{1,4})");

	private static final Pattern SPRING_KAFKA = Pattern.compile("spring-kafka-(\\d[^/\\\\]*)\\.jar");

	@Mixin
	private final LabOptions options = new LabOptions();

	@Option(names = "--protocol", paramLabel = "NAME", split = ",", descriptionKey = "compare.protocol")
	private List<String> protocols = List.of();

	@Option(names = "--scenario", paramLabel = "NAME", split = ",", descriptionKey = "compare.scenario")
	private List<String> scenarios = List.of();

	@Option(names = "--series", paramLabel = "spring|plain", split = ",", descriptionKey = "compare.series")
	private List<MemberKind> series = List.of();

	@Option(names = "--consumer-config", paramLabel = "FILE", descriptionKey = "compare.consumer-config")
	private List<Path> consumerConfigs = List.of();

	@Option(names = "--members", paramLabel = "N", descriptionKey = "compare.members", defaultValue = "2")
	private int members;

	@Option(names = "--partitions", paramLabel = "N", descriptionKey = "compare.partitions", defaultValue = "4")
	private int partitions;

	@Option(names = "--growth", paramLabel = "N:M", descriptionKey = "compare.growth", defaultValue = "1:2")
	private String growth = "1:2";

	@Option(names = "--rate", paramLabel = "R", descriptionKey = "compare.rate", defaultValue = "100")
	private int rate;

	@Option(names = "--size", paramLabel = "B", descriptionKey = "compare.size", defaultValue = "200")
	private int size;

	@Option(names = "--repetitions", paramLabel = "N", descriptionKey = "compare.repetitions")
	private @Nullable Integer repetitions;

	@Option(names = "--slow-repetitions", paramLabel = "N", descriptionKey = "compare.slow-repetitions")
	private @Nullable Integer slowRepetitions;

	@Option(names = "--parallel", paramLabel = "N", descriptionKey = "compare.parallel", defaultValue = "3")
	private int parallel;

	@Option(names = "--seed", paramLabel = "N", descriptionKey = "compare.seed", defaultValue = "42")
	private long seed;

	@Option(names = "--quick", descriptionKey = "compare.quick")
	private boolean quick;

	@Option(names = "--out", paramLabel = "DIR", descriptionKey = "compare.out")
	private @Nullable Path out;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		Plan plan = plan(messages);
		ResultFiles evidence = evidence(messages);
		// closed last of all: the process ends with it, whatever is still to be said
		try (Interruption interruption = new Interruption()) {
			return compare(plan, evidence, messages);
		}
	}

	private int compare(Plan plan, ResultFiles evidence, Messages messages) throws Exception {
		LabHome home = LabHome.ofProcess();
		try {
			if (this.options.bootstrapServerIsNamed()) {
				return compare(plan, this.options, home, evidence, messages);
			}
			LabHome ownHome = new LabHome(home.root(), home.folder("compare"));
			requireAlone(ownHome, messages);
			try (OwnBroker broker = OwnBroker.start(ownHome, FLOORS, messages)) {
				LabOptions own = CommandLine.populateCommand(new LabOptions(),
						"--bootstrap-server=" + broker.bootstrapServers());
				return compare(plan, own, home, evidence, messages);
			}
		}
		catch (InterruptedException ex) {
			System.err.println(messages.get("compare.interrupted", evidence.runs()));
			return INTERRUPTED;
		}
	}

	private int compare(Plan plan, LabOptions options, LabHome home, ResultFiles evidence, Messages messages)
			throws InterruptedException {
		try (Cluster cluster = Cluster.connect(options, messages)) {
			requireFeatures(plan, cluster, messages);
			String prefix = "%scompare-%06x-".formatted(this.options.prefix(), new Random().nextInt(1 << 24));
			Properties client = client(options);
			WarmUp warmUp = new WarmUp(cluster, client, plan.series(), new RunNames(prefix + "warm-up-"), messages);
			RunContext rig = new RunContext(cluster, client, new Hosts(home, messages, warmUp), prefix, messages);
			ComparisonProgress progress = new ComparisonProgress(System.err, messages, plan);
			System.err.println(messages.get("compare.begin", progress.all(), options.bootstrapServer(),
					ComparisonProgress.minutes(progress.left())));
			Results results;
			try (Comparison comparison = new Comparison(plan, rig, progress, evidence)) {
				warmUp.prepare();
				results = results(plan, cluster, comparison.run(), home);
			}
			catch (LabException ex) {
				throw (ex.getCause() instanceof AuthorizationException)
						? new LabException(messages.get("compare.rights", prefix, ex.getMessage()), ex) : ex;
			}
			show(results, evidence, messages);
			return results.rows().stream().anyMatch((row) -> row.voids() > 0) ? 1 : 0;
		}
	}

	/**
	 * Two at once would measure each other.
	 */
	private static void requireAlone(LabHome home, Messages messages) {
		PidFile running = new PidFile(home.folder("run").resolve("compare.pid"));
		running.running().ifPresent((process) -> {
			throw new LabException(messages.get("compare.running", process.pid()));
		});
		running.write(ProcessHandle.current());
	}

	/**
	 * How members reach the cluster; the waits that the console allows itself are not
	 * theirs.
	 */
	private static Properties client(LabOptions options) {
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

	private Plan plan(Messages messages) {
		List<Setting> settings = new ArrayList<>(
				Settings.named((this.quick && this.protocols.isEmpty()) ? QUICK_SETTINGS : this.protocols, messages));
		this.consumerConfigs.forEach((file) -> settings.add(Settings.read(file, messages)));
		int[] growth = growth(messages);
		requireAtLeast(1, "--members", this.members, messages);
		requireAtLeast(1, "--partitions", this.partitions, messages);
		requireAtLeast(1, "--rate", this.rate, messages);
		requireAtLeast(0, "--size", this.size, messages);
		List<Scenario> scenarios = scenarios(messages);
		if (this.members < 2 && scenarios.stream().anyMatch(Scenario::takesOver)) {
			throw wrong(messages.get("compare.members-two"));
		}
		int repetitions = Objects.requireNonNullElse(this.repetitions, this.quick ? 1 : 5);
		int slow = Objects.requireNonNullElse(this.slowRepetitions, this.quick ? 0 : Math.min(repetitions, 3));
		requireAtLeast(1, "--repetitions", repetitions, messages);
		requireAtLeast(0, "--slow-repetitions", slow, messages);
		requireAtLeast(1, "--parallel", this.parallel, messages);
		return new Plan(this.members, this.partitions, growth[0], growth[1], this.rate, this.size, repetitions, slow,
				this.parallel, this.seed, settings, scenarios,
				this.series.isEmpty() ? List.of(MemberKind.values()).subList(0, this.quick ? 1 : 2) : this.series);
	}

	private int[] growth(Messages messages) {
		Matcher numbers = GROWTH.matcher(this.growth);
		if (!numbers.matches()) {
			throw wrong(messages.get("compare.growth-wrong", this.growth));
		}
		int from = Integer.parseInt(numbers.group(1));
		int to = Integer.parseInt(numbers.group(2));
		if (from < 1 || to <= from) {
			throw wrong(messages.get("compare.growth-wrong", this.growth));
		}
		return new int[] { from, to };
	}

	private List<Scenario> scenarios(Messages messages) {
		if (this.scenarios.isEmpty()) {
			return this.quick ? QUICK_SCENARIOS : List.of(Scenario.values());
		}
		return this.scenarios.stream()
			.map((name) -> Stream.of(Scenario.values())
				.filter((scenario) -> scenario.code().equals(name.toLowerCase(Locale.ROOT)))
				.findFirst()
				.orElseThrow(() -> wrong(messages.get("compare.scenario-unknown", name,
						Stream.of(Scenario.values()).map(Scenario::code).collect(Collectors.joining(", "))))))
			.distinct()
			.sorted()
			.toList();
	}

	private void requireAtLeast(int least, String option, int value, Messages messages) {
		if (value < least) {
			throw wrong(messages.get("compare.at-least", option, least, value));
		}
	}

	private ParameterException wrong(String sentence) {
		return new ParameterException(Objects.requireNonNull(this.spec).commandLine(), sentence);
	}

	/**
	 * Where the results go.
	 * @throws LabException before anything is measured, if they cannot
	 */
	private ResultFiles evidence(Messages messages) {
		Path out = (this.out != null) ? this.out
				: LabHome.ofProcess()
					.folder("compare")
					.resolve(DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss").format(LocalDateTime.now()));
		try {
			Files.createDirectories(out);
			ResultFiles evidence = new ResultFiles(out);
			Files.deleteIfExists(evidence.runs());
			return evidence;
		}
		catch (IOException ex) {
			throw new LabException(messages.get("compare.out-wrong", out), ex);
		}
	}

	private Results results(Plan plan, Cluster cluster, List<Outcome> outcomes, LabHome home) {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		Results.Machine machine = new Results.Machine(System.getProperty("os.name"), system.getArch(),
				system.getAvailableProcessors(), system.getTotalMemorySize() >> 20);
		Results.Versions versions = new Results.Versions(System.getProperty("java.version"), AppInfoParser.getVersion(),
				springKafka(home), String.valueOf(cluster.feature("metadata.version")));
		String command = "./lab "
				+ String.join(" ", Objects.requireNonNull(this.spec).commandLine().getParseResult().originalArgs());
		return new Results(Instant.now().truncatedTo(ChronoUnit.SECONDS), command, machine, versions, plan,
				ResultRow.of(plan, outcomes), outcomes);
	}

	private static String springKafka(LabHome home) {
		Matcher jar = SPRING_KAFKA.matcher(home.classPath("bench"));
		return jar.find() ? jar.group(1) : "";
	}

	private void show(Results results, ResultFiles evidence, Messages messages) {
		evidence.write(results, messages);
		if (this.options.json()) {
			results.rows().forEach((row) -> System.out.println(Json.line(row)));
		}
		else {
			new Report(Terminal.ofProcess(), messages).print(results);
			System.out.println(messages.get("compare.files", evidence.folder().toAbsolutePath()));
		}
	}

}
