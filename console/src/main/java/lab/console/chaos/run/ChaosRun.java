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

import lab.console.chaos.ledger.RunHistory;
import lab.console.chaos.ledger.HistoryLine;
import lab.console.chaos.ledger.HistoryLine.End;
import lab.console.chaos.ledger.HistoryLine.Send;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.OnceProfile;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.instance.Instances;
import lab.console.instance.OwnBroker;
import lab.console.process.Cleanup;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Breaks a lab of its own in one way while orders come in, and returns all that is known
 * of them.
 */
public final class ChaosRun {

	private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

	/**
	 * How long to wait before a topic that lacks something is read again.
	 */
	private static final Duration NOT_YET = Duration.ofSeconds(10);

	private final RunPlan plan;

	private final LabHome home;

	private final Messages messages;

	/**
	 * @param home for the lab's data and logs alone
	 */
	public ChaosRun(RunPlan plan, LabHome home, Messages messages) {
		this.plan = plan;
		this.home = home;
		this.messages = messages;
	}

	/**
	 * Carries it out.
	 * @param cleanup stops everything that was started
	 * @throws lab.console.terminal.LabException if the lab does not start, or a member
	 * that was killed does not leave
	 */
	public RunHistory perform(Cleanup cleanup) throws InterruptedException {
		Path stock = this.home.state().resolve("stock");
		// also what a run that was killed has left
		delete(stock);
		cleanup.add("stock", CLOSE_TIMEOUT, () -> delete(stock));
		OwnBroker broker = OwnBroker.start(this.home, this.plan.fault().ofBroker(), this.messages, cleanup);
		LabOptions options = CommandLine.populateCommand(new LabOptions(),
				"--bootstrap-server=" + broker.bootstrapServers(), "--prefix=");
		Cluster cluster = cleanup.add("cluster", READ_TIMEOUT, Cluster.connect(options, this.messages));
		Map<String, String> ofProducts = new TreeMap<>(this.plan.fault().ofProducts());
		OnceProfile profile = this.plan.profile();
		if (profile != null) {
			ofProducts.put("SPRING_PROFILES_ACTIVE", profile.toString());
			ofProducts.put("LAB_STOCK_FILE", stock.resolve("stock.db").toString());
		}
		Instances instances = new Instances(this.home, this.messages);
		instances.noteProtocol(this.plan.protocol());
		ChaosLab lab = new ChaosLab(this.plan, broker, Cluster.clientProperties(options), cluster,
				new RunPrograms(instances, broker.bootstrapServers(), ofProducts), this.messages);
		cleanup.add("lab", CLOSE_TIMEOUT, lab::close);
		return perform(lab, Cluster.clientProperties(options), cluster);
	}

	private RunHistory perform(ChaosLab lab, Properties client, Cluster cluster) throws InterruptedException {
		lab.start();
		long until = System.nanoTime() + this.plan.load().toNanos();
		this.plan.fault().perform(lab);
		boolean settled = lab.awaitSettled();
		lab.pass(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
		List<Send> sends = lab.load().stop();
		lab.group().awaitHandled();
		lab.noteStock();
		String owners = owners(lab.group().latest());
		List<HistoryLine> seen = new ArrayList<>(lab.seen());
		seen.addAll(sends);
		seen.addAll(lab.load().repeats());
		seen.addAll(lab.group().commits());
		RunHistory history = read(seen, new End(settled, owners, Instant.now()), client, cluster);
		if (Ledger.of(history).mayBeEarly()) {
			lab.pass(NOT_YET);
			history = read(seen, new End(settled, owners, Instant.now()), client, cluster);
		}
		return history;
	}

	/**
	 * Adds what is in the topics.
	 */
	private static RunHistory read(List<HistoryLine> seen, End end, Properties client, Cluster cluster)
			throws InterruptedException {
		List<HistoryLine> lines = new ArrayList<>(seen);
		lines.addAll(TopicLines.read(client, cluster));
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
