package lab.console.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import lab.console.chaos.fault.Fault;
import lab.console.chaos.ledger.OnceProfile;
import lab.console.chaos.run.RunPlan;
import lab.console.instance.Protocol;
import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code lab chaos}: breaks a lab of its own while orders come in, and accounts for every
 * order.
 */
@Command(name = "chaos", subcommands = ChaosCheckCommand.class)
public class ChaosCommand implements Callable<Integer> {

	private static final int MOST_SEEDS = 10_000;

	private static final int MOST_SECONDS = 24 * 60 * 60;

	private static final int MOST_ORDERS_PER_SECOND = 10_000;

	private static final int MOST_PRODUCTS = 50;

	private static final int MOST_PARTITIONS = 1000;

	@Mixin
	private final LabOptions options = new LabOptions();

	@Option(names = "--fault", paramLabel = "FAULT", split = ",", descriptionKey = "chaos.faults",
			completionCandidates = FaultNames.class)
	private List<String> faults = List.of();

	@Option(names = "--protocol", paramLabel = "PROTOCOL", defaultValue = "consumer", descriptionKey = "chaos.protocol")
	private String protocol = "";

	@Option(names = "--profile", paramLabel = "PROFILE", descriptionKey = "chaos.profile")
	private @Nullable String profile;

	@Option(names = "--seed", paramLabel = "N", descriptionKey = "chaos.seed")
	private @Nullable Long seed;

	@Option(names = "--seeds", paramLabel = "N", defaultValue = "1", descriptionKey = "chaos.seeds")
	private int seeds;

	@Option(names = "--for", paramLabel = "SECONDS", defaultValue = "10", descriptionKey = "chaos.for")
	private int seconds;

	@Option(names = "--rate", paramLabel = "N", defaultValue = "50", descriptionKey = "chaos.rate")
	private int rate;

	@Option(names = "--products", paramLabel = "N", defaultValue = "2", descriptionKey = "chaos.products")
	private int products;

	@Option(names = "--partitions", paramLabel = "N", descriptionKey = "chaos.partitions")
	private @Nullable Integer partitions;

	@Option(names = "--out", paramLabel = "DIR", descriptionKey = "chaos.out")
	private @Nullable Path out;

	/**
	 * The faults that the help lists.
	 */
	private static final class FaultNames implements Iterable<String> {

		@Override
		public Iterator<String> iterator() {
			return Arrays.stream(Fault.values()).map(Fault::code).iterator();
		}

	}

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		List<RunPlan> plans = plans(messages);
		Path folder = folder(messages);
		LedgerReport report = new LedgerReport(this.options.json(), messages);
		LabHome home = LabHome.ofProcess();
		LabHome own = new LabHome(home.root(), home.folder("chaos"));
		own.pidFile("chaos").claim().ifPresent((process) -> {
			throw new LabException(messages.get("chaos.running", process.pid()));
		});
		return new PlannedRuns(plans, own, folder, report, messages).performAll(!this.faults.isEmpty());
	}

	private List<RunPlan> plans(Messages messages) {
		Protocol protocol = Protocol.named(this.protocol, messages);
		OnceProfile once = (this.profile != null) ? OnceProfile.named(this.profile, messages) : null;
		if (once != null && protocol == Protocol.SHARE) {
			throw new OptionException(messages.get("chaos.profile-share", once));
		}
		require("--seeds", this.seeds, 1, MOST_SEEDS, messages);
		require("--for", this.seconds, 1, MOST_SECONDS, messages);
		require("--rate", this.rate, 1, MOST_ORDERS_PER_SECOND, messages);
		require("--products", this.products, 2, MOST_PRODUCTS, messages);
		// so that the members of a share group share a partition
		int partitions = (this.partitions != null) ? this.partitions : (protocol == Protocol.SHARE) ? 1 : 4;
		require("--partitions", partitions, 1, MOST_PARTITIONS, messages);
		long seed = (this.seed != null) ? this.seed : ThreadLocalRandom.current().nextInt(1_000_000);
		require("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE - this.seeds, messages);
		Stream<Fault> faults = this.faults.isEmpty()
				? Arrays.stream(Fault.values()).filter((fault) -> fault.appliesTo(protocol))
				: this.faults.stream().map((name) -> named(name, protocol, messages));
		return faults
			.flatMap((fault) -> LongStream.range(seed, seed + this.seeds)
				.mapToObj((each) -> new RunPlan(fault, each, protocol, Duration.ofSeconds(this.seconds), this.rate,
						this.products, partitions, once)))
			.toList();
	}

	private static Fault named(String name, Protocol protocol, Messages messages) {
		Fault fault = Fault.named(name, messages);
		if (!fault.appliesTo(protocol)) {
			throw new OptionException(messages.get("chaos.fault-protocol", fault.code(), protocol));
		}
		return fault;
	}

	private static void require(String option, long value, long least, long most, Messages messages) {
		if (value < least) {
			throw new OptionException(messages.get("compare.at-least", option, least, value));
		}
		if (value > most) {
			throw new OptionException(messages.get("chaos.at-most", option, most, value));
		}
	}

	private Path folder(Messages messages) {
		Path folder = (this.out != null) ? this.out : LabHome.ofProcess().folder("chaos").resolve("histories");
		try {
			return Files.createDirectories(folder);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("chaos.unwritable", folder), ex);
		}
	}

}
