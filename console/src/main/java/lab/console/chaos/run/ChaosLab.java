package lab.console.chaos.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

import lab.console.chaos.fault.FaultActions;
import lab.console.chaos.ledger.RunHistory;
import lab.console.chaos.ledger.HistoryLine;
import lab.console.chaos.ledger.HistoryLine.End;
import lab.console.chaos.ledger.HistoryLine.Send;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.OnceProfile;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.instance.Instances;
import lab.console.process.Cleanup;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A lab on free ports: its broker, order and products are processes as {@code lab up}
 * starts them. Runs use it one after the other, as long as each leaves it unchanged.
 */
public final class ChaosLab {

	private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

	/**
	 * How long to wait before a topic that lacks something is read again.
	 */
	private static final Duration NOT_YET = Duration.ofSeconds(10);

	private final RunPlan first;

	private final RunBrokers brokers;

	private final Properties client;

	private final Cluster cluster;

	private final RunPrograms programs;

	private final Messages messages;

	private int orders;

	private boolean asStarted = true;

	private ChaosLab(RunPlan first, RunBrokers brokers, Properties client, Cluster cluster, RunPrograms programs,
			Messages messages) {
		this.first = first;
		this.brokers = brokers;
		this.client = client;
		this.cluster = cluster;
		this.programs = programs;
		this.messages = messages;
	}

	/**
	 * Starts a lab for that run, and others in the same lab.
	 * @param home for the lab's data and logs alone
	 * @param cleanup stops everything that was started
	 * @throws NotPossibleException if the fault cannot be caused on this machine
	 * @throws lab.console.terminal.LabException if the lab does not start
	 */
	public static ChaosLab start(RunPlan plan, LabHome home, Messages messages, Cleanup cleanup)
			throws InterruptedException {
		Path stock = home.state().resolve("stock");
		// also what a run that was killed has left
		delete(stock);
		cleanup.add("stock", CLOSE_TIMEOUT, () -> delete(stock));
		RunBrokers brokers = RunBrokers.start(plan.fault().brokers(), home, messages, cleanup);
		LabOptions options = CommandLine.populateCommand(new LabOptions(),
				"--bootstrap-server=" + brokers.bootstrapServers(), "--prefix=");
		Cluster cluster = cleanup.add("cluster", READ_TIMEOUT, Cluster.connect(options, messages));
		cluster.topics().create(LabOptions.TOPIC, plan.partitions());
		Map<String, String> ofProducts = new TreeMap<>(plan.fault().ofProducts());
		OnceProfile profile = plan.profile();
		if (profile != null) {
			ofProducts.put("SPRING_PROFILES_ACTIVE", profile.toString());
			ofProducts.put("LAB_STOCK_FILE", stock.resolve("stock.db").toString());
		}
		Instances instances = new Instances(home, messages);
		instances.noteProtocol(plan.protocol());
		RunPrograms programs = new RunPrograms(instances, brokers.bootstrapServersOfServices(), ofProducts);
		cleanup.add("programs", CLOSE_TIMEOUT, programs::stop);
		programs.startAll(FaultActions.ORDER, plan.products());
		return new ChaosLab(plan, brokers, Cluster.clientProperties(options), cluster, programs, messages);
	}

	/**
	 * Whether the run can be done in this lab: it needs no other, and the runs before
	 * have left the lab as it was started.
	 */
	public boolean serves(RunPlan plan) {
		return this.asStarted && this.first.sharesLabWith(plan) && isAsStarted();
	}

	/**
	 * Causes a fault while orders come in.
	 * @return all that is known of the orders
	 * @throws lab.console.terminal.LabException if the lab does not reach a state in
	 * time, for example if a killed member does not leave the group
	 */
	public RunHistory perform(RunPlan plan) throws InterruptedException {
		RecordDeletion.clear(this.client, this.cluster);
		try (ChaosRun run = new ChaosRun(plan, this.brokers, this.client, this.cluster, this.programs, this.orders + 1,
				this.messages)) {
			return perform(plan, run);
		}
	}

	private RunHistory perform(RunPlan plan, ChaosRun run) throws InterruptedException {
		run.start();
		long until = System.nanoTime() + plan.load().toNanos();
		plan.fault().perform(run);
		boolean settled = run.awaitSettled();
		run.pass(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
		List<Send> sends = run.load().stop();
		this.orders += sends.size();
		boolean handled = run.group().awaitHandled();
		String owners = owners(run.group().latest());
		RunHistory history = read(run, sends, new End(settled, owners, Instant.now()));
		if (Ledger.of(history).mayBeEarly()) {
			run.pass(NOT_YET);
			history = read(run, sends, new End(settled, owners, Instant.now()));
		}
		this.asStarted = settled && handled && !Ledger.of(history).mayBeEarly();
		return history;
	}

	private boolean isAsStarted() {
		return this.brokers.allRun() && this.programs.areAsStarted(FaultActions.ORDER, this.first.products())
				&& this.cluster.topics().partitionCount(LabOptions.TOPIC).orElse(0) == this.first.partitions();
	}

	/**
	 * Reads the topics and then the stock: if the events of all orders are there, the
	 * stock does not change any more.
	 */
	private RunHistory read(ChaosRun run, List<Send> sends, End end) throws InterruptedException {
		List<HistoryLine> inTopics = TopicLines.read(this.client, this.cluster);
		run.noteStock();
		List<HistoryLine> lines = new ArrayList<>(run.seen());
		lines.addAll(sends);
		lines.addAll(run.load().repeats());
		lines.addAll(run.group().commits());
		lines.addAll(run.usage().usages());
		lines.addAll(inTopics);
		lines.add(end);
		return new RunHistory(lines);
	}

	private static void delete(Path folder) {
		try {
			Folders.delete(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String owners(@Nullable GroupSnapshot group) {
		return (group == null) ? "?"
				: group.members()
					.stream()
					.map((member) -> member.clientId() + ": " + String.join(" ", member.assigned()))
					.collect(Collectors.joining(", "));
	}

}
