package lab.console.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.compare.plan.MemberKind;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Scenario;
import lab.console.compare.plan.Setting;
import lab.console.compare.plan.Settings;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The options of {@code lab compare} that say what is measured.
 */
final class PlanOptions {

	private static final Pattern GROWTH = Pattern.compile("(\\d{1,4}):(\\d{1,4})");

	@Option(names = "--protocol", paramLabel = "NAME", split = ",", descriptionKey = "compare.protocol")
	private List<String> protocols = List.of();

	@Option(names = "--scenario", paramLabel = "NAME", split = ",", descriptionKey = "compare.scenario",
			completionCandidates = ScenarioNames.class)
	private List<String> scenarios = List.of();

	@Option(names = "--series", paramLabel = "spring|plain", split = ",", descriptionKey = "compare.series")
	private List<MemberKind> memberKinds = List.of();

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

	@Spec(Spec.Target.MIXEE)
	private @Nullable CommandSpec command;

	@Spec(Spec.Target.SELF)
	private @Nullable CommandSpec own;

	/**
	 * The names that the help lists.
	 */
	private static final class ScenarioNames implements Iterable<String> {

		@Override
		public Iterator<String> iterator() {
			return Stream.of(Scenario.values()).map(Scenario::code).iterator();
		}

	}

	/**
	 * Returns the plan that the options describe.
	 * @throws ParameterException if an option has a value that is not allowed
	 * @throws LabException if a setting is unknown or a file cannot be used
	 */
	Plan plan(Messages messages) {
		List<Setting> settings = new ArrayList<>(
				Settings.named((this.quick && this.protocols.isEmpty()) ? Settings.QUICK : this.protocols, messages));
		this.consumerConfigs.forEach((file) -> settings.add(Settings.read(file, messages)));
		int[] growth = growth(messages);
		requireAtLeast(1, "--members", this.members, messages);
		requireAtLeast(1, "--partitions", this.partitions, messages);
		requireAtLeast(1, "--rate", this.rate, messages);
		requireAtLeast(0, "--size", this.size, messages);
		List<Scenario> scenarios = scenarios(messages);
		if (this.members < 2 && scenarios.stream().anyMatch(Scenario::needsTwoMembers)) {
			throw wrong(messages.get("compare.members-two"));
		}
		int repetitions = Objects.requireNonNullElse(this.repetitions, this.quick ? 1 : 5);
		int slow = Objects.requireNonNullElse(this.slowRepetitions, this.quick ? 0 : Math.min(repetitions, 3));
		requireAtLeast(1, "--repetitions", repetitions, messages);
		requireAtLeast(0, "--slow-repetitions", slow, messages);
		requireAtLeast(1, "--parallel", this.parallel, messages);
		return new Plan(this.members, this.partitions, growth[0], growth[1], this.rate, this.size, repetitions, slow,
				this.parallel, this.seed, settings, scenarios, memberKinds());
	}

	/**
	 * Requires that none of the options is given, because nothing is measured.
	 * @throws ParameterException if one is
	 */
	void requireNone(Messages messages) {
		ParseResult given = Objects.requireNonNull(this.command).commandLine().getParseResult();
		Objects.requireNonNull(this.own)
			.options()
			.stream()
			.map(OptionSpec::longestName)
			.filter(given::hasMatchedOption)
			.findFirst()
			.ifPresent((option) -> {
				throw wrong(messages.get("compare.from-only", option));
			});
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
			return this.quick ? Scenario.QUICK : List.of(Scenario.values());
		}
		return this.scenarios.stream().map((name) -> scenario(name, messages)).distinct().sorted().toList();
	}

	private Scenario scenario(String name, Messages messages) {
		return Stream.of(Scenario.values())
			.filter((scenario) -> scenario.code().equals(name.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> wrong(messages.get("compare.scenario-unknown", name,
					Stream.of(Scenario.values()).map(Scenario::code).collect(Collectors.joining(", ")))));
	}

	private List<MemberKind> memberKinds() {
		if (this.memberKinds.isEmpty()) {
			return this.quick ? List.of(MemberKind.SPRING) : List.of(MemberKind.values());
		}
		return this.memberKinds;
	}

	private void requireAtLeast(int least, String option, int value, Messages messages) {
		if (value < least) {
			throw wrong(messages.get("compare.at-least", option, least, value));
		}
	}

	private ParameterException wrong(String message) {
		return new ParameterException(Objects.requireNonNull(this.command).commandLine(), message);
	}

}
