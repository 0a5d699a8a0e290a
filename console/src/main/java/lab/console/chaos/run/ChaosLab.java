package lab.console.chaos.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import lab.console.chaos.ledger.HistoryLine;
import lab.console.chaos.ledger.HistoryLine.Poison;
import lab.console.chaos.ledger.HistoryLine.StockLevel;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.OnceProfile;
import lab.console.chaos.ledger.RepeatWay;
import lab.console.chaos.ledger.SendOutcome;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.instance.Action;
import lab.console.instance.HandlingClient;
import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.instance.OwnBroker;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;

/**
 * A lab on free ports, under load: its broker, order and products are processes as
 * {@code lab up} starts them.
 */
final class ChaosLab implements FaultActions {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

	/**
	 * Far longer than a session, on a busy machine.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(1);

	/**
	 * So much longer does an order take, so that a product has some in hand.
	 */
	private static final Duration HANDLING_TIME = Duration.ofMillis(20);

	private static final String HANDLING_TIME_ARGUMENT = "--lab.product.handling-time=";

	private static final Duration SLOW_HANDLING_TIME = Duration.ofSeconds(5);

	private final RunPlan plan;

	private final HandlingClient handling = new HandlingClient();

	private final OwnBroker broker;

	private final Properties client;

	private final Cluster cluster;

	private final Instances instances;

	private final Map<String, String> ofProducts;

	private final Random random;

	private final Messages messages;

	private final Map<String, Instance> running = new TreeMap<>();

	private final Map<String, Instance> known = new TreeMap<>();

	private final List<Strike> strikes = new ArrayList<>();

	private final List<HistoryLine> deleted = new ArrayList<>();

	private final List<Poison> poison = new ArrayList<>();

	private final List<StockLevel> stock = new ArrayList<>();

	private @Nullable GroupLog group;

	private @Nullable OpenLoad load;

	/**
	 * @param ofProducts variables of the products' environment
	 */
	ChaosLab(RunPlan plan, OwnBroker broker, Properties client, Cluster cluster, Instances instances,
			Map<String, String> ofProducts, Messages messages) {
		this.plan = plan;
		this.broker = broker;
		this.client = client;
		this.cluster = cluster;
		this.instances = instances;
		this.ofProducts = ofProducts;
		this.random = new Random(plan.seed());
		this.messages = messages;
	}

	/**
	 * Starts order and the products, and the load when the group has come to rest.
	 */
	void start() throws InterruptedException {
		this.instances.noteProtocol(this.plan.protocol());
		this.cluster.topics().create(LabOptions.TOPIC, this.plan.partitions());
		start(ORDER);
		for (int i = 0; i < this.plan.products(); i++) {
			join();
		}
		this.group = new GroupLog(this.cluster, LabOptions.GROUP, LabOptions.TOPIC);
		require(awaitSettled(), "chaos.no-group");
		noteStock();
		URI orders = URI.create("http://localhost:%d/orders".formatted(instance(ORDER).port()));
		this.load = new OpenLoad(new OrderSender(orders), this.plan.rate(), new Random(this.random.nextLong()));
		this.load.start();
		require(await((group) -> group.partitions()
			.stream()
			.allMatch((partition) -> partition.readBy().isEmpty() || handledSome(partition))), "chaos.no-load");
		// so that the fault meets heartbeats and commits in another phase in each run
		pass(Duration.ofMillis(this.random.nextInt(1000)));
	}

	private static boolean handledSome(Partition partition) {
		return partition.committed() != null && partition.committed() > 0;
	}

	// Actions

	@Override
	public void act(Action action, String target) throws InterruptedException {
		note(action.toString(), target);
		if (target.equals(BROKER)) {
			this.broker.act(action);
		}
		else if (action == Action.START) {
			start(target);
		}
		else {
			this.instances.act(action, instance(target), Map.of());
			if (action == Action.STOP || action == Action.KILL) {
				this.running.remove(target);
			}
		}
	}

	private void note(String action, String target) {
		this.strikes.add(new Strike(action, target, Instant.now()));
	}

	private void start(String name) throws InterruptedException {
		Instance instance = this.known.computeIfAbsent(name, ChaosLab::onFreePort);
		Map<String, String> environment = new TreeMap<>(
				Map.of("KAFKA_BOOTSTRAP_SERVERS", this.broker.bootstrapServers(), "LAB_PREFIX", ""));
		if (instance.isProduct()) {
			environment.putAll(this.ofProducts);
		}
		this.instances.startAll(List.of(instance), environment);
		this.running.put(name, instance);
	}

	private static Instance onFreePort(String name) {
		Instance usual = Instance.named(name).orElseThrow();
		return usual.onFreePort(
				usual.isProduct() ? List.of(HANDLING_TIME_ARGUMENT + HANDLING_TIME.toMillis() + "ms") : List.of());
	}

	@Override
	public void join() throws InterruptedException {
		long products = this.known.values().stream().filter(Instance::isProduct).count();
		act(Action.START, "product" + (products + 1));
	}

	@Override
	public void slow(String product) throws InterruptedException {
		note(Strike.SLOW, product);
		this.handling.setDelay(instance(product), (int) SLOW_HANDLING_TIME.toMillis(), this.messages);
	}

	@Override
	public void speedUp(String product) throws InterruptedException {
		note("speed-up", product);
		this.handling.setDelay(instance(product), (int) HANDLING_TIME.toMillis(), this.messages);
	}

	@Override
	public void twin(String product) throws InterruptedException {
		Instance twin = Instance.named(TWIN).orElseThrow();
		this.known.put(TWIN, twin.onFreePort(List.of("--lab.product.instance=" + product,
				HANDLING_TIME_ARGUMENT + HANDLING_TIME.toMillis() + "ms")));
		act(Action.START, TWIN);
		Path log = this.instances.log(product);
		require(await((group) -> says(log, product + " is fenced")), "chaos.not-fenced");
		note(Strike.FENCED, product);
	}

	private static boolean says(Path log, String text) {
		try {
			return Files.readString(log).contains(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void burst(int orders) {
		for (int i = 0; i < orders; i++) {
			load().send();
		}
	}

	@Override
	public RepeatableOrder order(boolean leave) {
		return load().sendRepeatable(leave);
	}

	@Override
	public void repeat(RepeatableOrder order, RepeatWay way) {
		load().repeat(order, way);
	}

	@Override
	public void resolve(RepeatableOrder order, RepeatWay way) throws InterruptedException {
		long deadline = System.nanoTime() + RESOLVE_TIMEOUT.toNanos();
		while (load().repeat(order, way).join().outcome() != SendOutcome.ACKNOWLEDGED && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
	}

	@Override
	public void poison(PoisonKind kind) throws InterruptedException {
		int partitions = this.cluster.topics().partitionCount(LabOptions.TOPIC).orElseThrow();
		this.poison.add(PoisonSender.send(kind, this.random.nextInt(partitions), this.client));
	}

	@Override
	public void deleteRecords() throws InterruptedException {
		note("delete-records", LabOptions.TOPIC);
		this.deleted.addAll(RecordDeletion.deleteAll(this.client, this.cluster));
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
		return this.running.values().stream().filter(Instance::isProduct).map(Instance::name).toList();
	}

	@Override
	public String anyProduct() {
		List<String> products = products();
		return products.get(this.random.nextInt(products.size()));
	}

	@Override
	public Random random() {
		return this.random;
	}

	// Waiting

	@Override
	public void awaitLeft(String product) throws InterruptedException {
		require(await((group) -> group.members().stream().map(Member::clientId).noneMatch(product::equals)),
				"chaos.not-left");
	}

	/**
	 * Waits until the products that run are the group's members, and each partition has
	 * one owner, or in a share group at least one reader.
	 * @return whether that is so in time
	 */
	boolean awaitSettled() throws InterruptedException {
		return await((group) -> settled(group, products()));
	}

	private static boolean settled(GroupSnapshot group, List<String> products) {
		return new TreeSet<>(group.members().stream().map(Member::clientId).toList()).equals(new TreeSet<>(products))
				&& group.members().size() == products.size()
				&& group.members()
					.stream()
					.allMatch((member) -> member.target() == null || member.assigned().equals(member.target()))
				&& !group.partitions().isEmpty()
				&& group.partitions()
					.stream()
					.allMatch((partition) -> group.shared() ? !partition.readBy().isEmpty()
							: partition.readBy().size() == 1);
	}

	/**
	 * Waits until every record has been handled and committed.
	 * @return whether that is so in time; the time begins again with each commit
	 */
	boolean awaitHandled() throws InterruptedException {
		int commits = 0;
		do {
			commits = group().commits().size();
			if (await((group) -> !group.partitions().isEmpty()
					&& group.partitions().stream().map(Partition::lag).allMatch(Long.valueOf(0)::equals))) {
				return true;
			}
		}
		while (group().commits().size() > commits);
		return false;
	}

	private boolean await(Predicate<GroupSnapshot> condition) throws InterruptedException {
		long deadline = System.nanoTime() + TIMEOUT.toNanos();
		while (System.nanoTime() < deadline) {
			GroupSnapshot latest = group().latest();
			if (latest != null && condition.test(latest)) {
				return true;
			}
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
		return false;
	}

	/**
	 * @throws LabException with that message unless it is so
	 */
	private void require(boolean so, String messageKey) {
		if (!so) {
			throw new LabException(this.messages.get(messageKey, TIMEOUT.toSeconds()));
		}
	}

	/**
	 * Reads the stock, if there is one.
	 */
	void noteStock() throws InterruptedException {
		if (this.plan.profile() == OnceProfile.STOCK) {
			this.stock.add(StockClient.read(instance(products().get(0)), this.messages));
		}
	}

	/**
	 * The stock each time that it was read.
	 */
	List<StockLevel> stock() {
		return List.copyOf(this.stock);
	}

	private Instance instance(String name) {
		return Objects.requireNonNull(this.known.get(name));
	}

	/**
	 * The strikes so far.
	 */
	List<Strike> strikes() {
		return List.copyOf(this.strikes);
	}

	/**
	 * The orders that were deleted, and where.
	 */
	List<HistoryLine> deleted() {
		return List.copyOf(this.deleted);
	}

	/**
	 * The records that are no orders.
	 */
	List<Poison> poison() {
		return List.copyOf(this.poison);
	}

	GroupLog group() {
		return Objects.requireNonNull(this.group);
	}

	OpenLoad load() {
		return Objects.requireNonNull(this.load);
	}

	/**
	 * Stops the load, order and the products.
	 */
	void close() throws InterruptedException {
		if (this.load != null) {
			this.load.close();
		}
		if (this.group != null) {
			this.group.close();
		}
		this.instances.stopAll((instance) -> {
		});
	}

}
