package lab.console.chaos.run;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import lab.console.chaos.fault.NetworkPhase;
import lab.console.chaos.fault.PoisonKind;
import lab.console.chaos.fault.RepeatableOrder;
import lab.console.chaos.fault.FaultActions;
import lab.console.chaos.ledger.HistoryLine;
import lab.console.chaos.ledger.HistoryLine.Begin;
import lab.console.chaos.ledger.HistoryLine.End;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.OnceProfile;
import lab.console.chaos.ledger.RepeatWay;
import lab.console.chaos.ledger.RunHistory;
import lab.console.chaos.ledger.SendOutcome;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.instance.Action;
import lab.console.instance.HandlingClient;
import lab.console.instance.Protocol;
import lab.console.terminal.AwayException;
import lab.console.terminal.EnumOption;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;

/**
 * One fault in a lab that runs, under load.
 */
final class ChaosRun implements FaultActions, AutoCloseable {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

	private static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(1);

	private static final Duration SLOW_HANDLING_TIME = Duration.ofSeconds(5);

	/**
	 * A product whose orders take 5 s has at least one in hand for so long after it was
	 * seen to have so many. Of a share group it has one at a time.
	 */
	private static final int ENOUGH_IN_HAND = 2;

	private final RunPlan plan;

	private final HandlingClient handling = new HandlingClient();

	private final RunBrokers brokers;

	private final Properties client;

	private final Cluster cluster;

	private final RunPrograms programs;

	private final Random random;

	private final Messages messages;

	private final Waits waits;

	private final UsageLog usage;

	private final List<HistoryLine> seen = new ArrayList<>();

	private final GroupLog group;

	private final OpenLoad load;

	/**
	 * @param client for the topics
	 * @param firstOrder the number of the first order that is sent
	 */
	ChaosRun(RunPlan plan, RunBrokers brokers, Properties client, Cluster cluster, RunPrograms programs, int firstOrder,
			Messages messages) {
		this.plan = plan;
		this.brokers = brokers;
		this.client = client;
		this.cluster = cluster;
		this.programs = programs;
		this.random = new Random(plan.seed());
		this.messages = messages;
		this.waits = new Waits(messages);
		this.usage = new UsageLog(programs);
		this.group = new GroupLog(cluster, LabOptions.GROUP, LabOptions.TOPIC, plan.protocol());
		URI orders = URI.create("http://localhost:%d/orders".formatted(programs.instance(ORDER).port()));
		this.load = new OpenLoad(new OrderSender(orders), plan.rate(), firstOrder, new Random(this.random.nextLong()));
		this.seen.add(new Begin(plan.fault().code(), plan.seed(), plan.protocol().toString(), plan.rate(),
				plan.products(), plan.partitions(), Instant.now(), plan.profile()));
	}

	/**
	 * Starts the load when the group has come to rest, and returns when each partition
	 * has an order that was handled.
	 */
	void start() throws InterruptedException {
		this.waits.require(awaitSettled(), "chaos.no-group");
		noteStock();
		Map<Integer, Long> before = this.group.committed();
		this.load.start();
		this.waits.require(
				this.group.await((group) -> group.partitions()
					.stream()
					.allMatch((partition) -> partition.readBy().isEmpty()
							|| handledSome(partition, before.getOrDefault(partition.partition(), 0L)))),
				"chaos.no-load");
		// so that the fault meets heartbeats and commits in another phase in each run
		pass(Duration.ofMillis(this.random.nextInt(1000)));
	}

	private static boolean handledSome(Partition partition, long before) {
		return partition.committed() != null && partition.committed() > before;
	}

	// Actions

	@Override
	public void act(Action action, String target) throws InterruptedException {
		note(action.toString(), target);
		if (brokers().contains(target)) {
			this.brokers.act(action, target);
		}
		else {
			this.programs.act(action, target);
		}
	}

	private void note(String action, String target) {
		this.seen.add(new Strike(action, target, Instant.now()));
	}

	@Override
	public void join() throws InterruptedException {
		act(Action.START, this.programs.nextProduct());
	}

	@Override
	public void load(String product, int orders) throws InterruptedException {
		setHandlingTime(product, SLOW_HANDLING_TIME);
		burst(orders);
		int enough = (this.plan.protocol() == Protocol.SHARE) ? 1 : ENOUGH_IN_HAND;
		this.waits.await(() -> ordersInHand(product) >= enough, "chaos.no-order-in-hand");
	}

	private int ordersInHand(String product) throws InterruptedException {
		Instant now = Instant.now();
		return ledgerAt(now).inHand(product, now).size();
	}

	/**
	 * Returns the ledger as if the run ended at that moment, which is now.
	 */
	private Ledger ledgerAt(Instant now) throws InterruptedException {
		List<HistoryLine> lines = new ArrayList<>(this.seen);
		lines.addAll(this.load.answered());
		lines.addAll(TopicLines.read(this.client, this.cluster));
		lines.add(new End(false, "", now));
		return Ledger.of(new RunHistory(lines));
	}

	@Override
	public void slow(String product) throws InterruptedException {
		note(Strike.SLOW, product);
		setHandlingTime(product, SLOW_HANDLING_TIME);
	}

	@Override
	public void speedUp(String product) throws InterruptedException {
		note("speed-up", product);
		setHandlingTime(product, RunPrograms.HANDLING_TIME);
	}

	private void setHandlingTime(String product, Duration time) throws InterruptedException {
		this.waits.await(() -> {
			try {
				this.handling.setDelay(this.programs.instance(product), (int) time.toMillis(), this.messages);
				return true;
			}
			catch (AwayException ex) {
				// the machine is busy
				return false;
			}
		}, "chaos.no-answer");
	}

	@Override
	public void twin(String product) throws InterruptedException {
		this.programs.prepare(TWIN, List.of("--lab.product.instance=" + product));
		act(Action.START, TWIN);
		this.waits.await(() -> this.programs.says(product, product + " is fenced"), "chaos.not-fenced");
		note(Strike.FENCED, product);
	}

	@Override
	public void fillDisk() throws InterruptedException {
		note("fill-disk", BROKER);
		this.brokers.disk().fill();
		this.waits.await(() -> !this.brokers.isRunning(BROKER), "chaos.broker-runs");
		note(Strike.ENDED, BROKER);
	}

	@Override
	public void freeDisk() {
		note("free-disk", BROKER);
		this.brokers.disk().free();
	}

	@Override
	public void breakNetwork(NetworkPhase phase) {
		note(EnumOption.name(phase), "network");
		this.brokers.proxy().begin(phase);
	}

	@Override
	public void mendNetwork() {
		note("mend", "network");
		this.seen.add(this.brokers.proxy().end());
	}

	@Override
	public List<String> brokers() {
		return this.brokers.names();
	}

	@Override
	public String leadingBroker() {
		List<String> leaders = leaders(this.cluster.snapshot(LabOptions.GROUP, LabOptions.TOPIC));
		return leaders.get(this.random.nextInt(leaders.size()));
	}

	/**
	 * The names of the brokers that lead partitions of the topic.
	 */
	private static List<String> leaders(GroupSnapshot group) {
		return group.partitions()
			.stream()
			.map(Partition::leader)
			.filter(Objects::nonNull)
			.distinct()
			.sorted()
			.map((id) -> BROKER + id)
			.toList();
	}

	@Override
	public void awaitOtherLeaders(String broker) throws InterruptedException {
		this.waits.require(this.group
			.await((group) -> group.partitions().stream().allMatch((partition) -> partition.leader() != null)
					&& !leaders(group).contains(broker)),
				"chaos.no-leader");
		note(Strike.REPLACED, broker);
	}

	@Override
	public void burst(int orders) {
		for (int i = 0; i < orders; i++) {
			this.load.send();
		}
	}

	@Override
	public RepeatableOrder order(boolean leave) {
		return this.load.sendRepeatable(leave);
	}

	@Override
	public void repeat(RepeatableOrder order, RepeatWay way) {
		this.load.repeat(order, way);
	}

	@Override
	public void resolve(RepeatableOrder order, RepeatWay way) throws InterruptedException {
		long deadline = System.nanoTime() + RESOLVE_TIMEOUT.toNanos();
		while (this.load.repeat(order, way).join().outcome() != SendOutcome.ACKNOWLEDGED
				&& System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
	}

	@Override
	public void poison(PoisonKind kind) throws InterruptedException {
		int partitions = this.cluster.topics().partitionCount(LabOptions.TOPIC).orElseThrow();
		this.seen.add(PoisonSender.send(kind, this.random.nextInt(partitions), this.client));
	}

	@Override
	public void deleteRecords() throws InterruptedException {
		note("delete-records", LabOptions.TOPIC);
		this.seen.addAll(RecordDeletion.deleteAll(this.client, this.cluster));
	}

	@Override
	public void grow() {
		note("grow", LabOptions.TOPIC);
		int partitions = this.cluster.topics().partitionCount(LabOptions.TOPIC).orElseThrow();
		this.cluster.topics().grow(LabOptions.TOPIC, partitions + 1);
	}

	@Override
	public void pass(Duration time) throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(time.toMillis());
	}

	@Override
	public List<String> products() {
		return this.programs.products();
	}

	@Override
	public String anyProduct() {
		List<String> products = products();
		return products.get(this.random.nextInt(products.size()));
	}

	@Override
	public Protocol protocol() {
		return this.plan.protocol();
	}

	@Override
	public Random random() {
		return this.random;
	}

	// Waiting

	@Override
	public void awaitLeft(String product) throws InterruptedException {
		this.waits.require(this.group.await((group) -> isNoMember(product, group)), "chaos.not-left");
	}

	@Override
	public void awaitRemoved(String product, Instant since) throws InterruptedException {
		this.waits.await(() -> isGone(product) || ledgerAt(Instant.now()).hasLost(product, since), "chaos.not-left");
	}

	private boolean isGone(String product) {
		GroupSnapshot latest = this.group.latest();
		return latest != null && isNoMember(product, latest);
	}

	private static boolean isNoMember(String product, GroupSnapshot group) {
		return group.members().stream().map(Member::clientId).noneMatch(product::equals);
	}

	/**
	 * Waits until the products that run share the partitions.
	 * @return whether that is so in time
	 */
	boolean awaitSettled() throws InterruptedException {
		return this.group.awaitSettled(products());
	}

	/**
	 * Reads the stock, if there is one.
	 */
	void noteStock() throws InterruptedException {
		if (this.plan.profile() == OnceProfile.STOCK) {
			this.seen.add(StockClient.read(this.programs.instance(products().get(0)), this.messages));
		}
	}

	/**
	 * What was done and seen so far. The first line is a {@link Begin}.
	 */
	List<HistoryLine> seen() {
		return List.copyOf(this.seen);
	}

	UsageLog usage() {
		return this.usage;
	}

	GroupLog group() {
		return this.group;
	}

	OpenLoad load() {
		return this.load;
	}

	/**
	 * Stops the load and the logs. The programs keep running.
	 */
	@Override
	public void close() throws InterruptedException {
		this.usage.close();
		this.load.close();
		this.group.close();
	}

}
