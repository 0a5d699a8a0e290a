package lab.console.compare.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import lab.console.compare.measure.Recording;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Plan.Item;
import lab.console.compare.plan.ScenarioActions;
import lab.console.compare.plan.Setting;
import lab.console.group.Cluster;
import lab.console.terminal.LabException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one run with a topic and a group of its own: members settle under load, the
 * scenario is performed, and what happens is recorded.
 */
final class Trial implements ScenarioActions, AutoCloseable {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/**
	 * How long the recorder may take to read what members have published.
	 */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * How long the load continues after the group has settled, so that late effects are
	 * recorded.
	 */
	private static final Duration TAIL = Duration.ofMillis(500);

	/**
	 * How many records of each partition are handled before the scenario is performed.
	 */
	private static final int HANDLED_BEFORE = 10;

	private final RunContext context;

	private final Plan plan;

	private final Item item;

	private final RunNames names;

	private final Random random;

	private final TrialMembers members;

	private final Set<String> touched = new TreeSet<>();

	private int partitions;

	private int needed;

	private @Nullable Instant action;

	private @Nullable Instant until;

	private @Nullable Load load;

	private @Nullable Recorder recorder;

	private @Nullable TrialGroup group;

	Trial(RunContext context, Plan plan, Item item) {
		this.context = context;
		this.plan = plan;
		this.item = item;
		this.names = RunNames.of(context.prefix() + item.number() + "-");
		this.random = new Random(plan.seed() * 31 + item.number());
		this.members = new TrialMembers(context.hosts(), item.memberKind(),
				(member) -> this.names.arguments(member, item.setting(), context.client()));
		this.partitions = plan.partitionsAtStart(item.scenario());
	}

	/**
	 * Performs the scenario once.
	 * @throws VoidRunException if the group does not settle in time or a member fails
	 * @throws LabException if the cluster refuses
	 */
	Recording run() throws InterruptedException {
		int before = this.partitions;
		prepare();
		Load load = load();
		load.start();
		awaitSettled();
		await("compare.no-load", () -> group().everyPartitionHandled(this.partitions, HANDLED_BEFORE, Instant.MIN));
		// so that the action meets the heartbeats in another phase in each run
		TimeUnit.MILLISECONDS.sleep(this.random.nextLong(this.item.setting().heartbeat().toMillis() + 1));
		this.item.scenario().perform(this);
		TimeUnit.MILLISECONDS.sleep(TAIL.toMillis());
		Instant end = load.stop();
		awaitAllHandled(load);
		return new Recording(begun(), (this.until != null) ? this.until : end, end, before, this.partitions,
				this.item.setting().shared(), this.touched, this.members.silenced(), this.needed, load.placed(),
				recorder().handled(), recorder().changes());
	}

	private void prepare() {
		Cluster cluster = this.context.cluster();
		cluster.topics().create(this.names.topic(), this.partitions);
		for (String own : List.of(this.names.handledTopic(), this.names.rebalancesTopic(),
				this.names.deadLetterTopic())) {
			cluster.topics().create(own, 1);
		}
		cluster.configureGroup(this.names.group(), this.item.setting().group());
		this.recorder = new Recorder(this.context.client(), this.names.handledTopic(), this.names.rebalancesTopic());
		this.group = new TrialGroup(cluster, this.names, this.item.setting().shared(), this.members, this.recorder);
		this.load = new Load(this.context.client(), this.names.topic(), this.partitions, this.plan.rate(),
				this.plan.size());
		this.members.start(this.plan.members());
	}

	// Actions

	@Override
	public void addPartitions() {
		begin();
		this.partitions = this.plan.growTo();
		this.context.cluster().topics().createPartitions(this.names.topic(), this.partitions);
		load().grow(this.partitions);
	}

	@Override
	public void addMember() {
		this.needed = this.partitions / (this.members.names().size() + 1);
		String name = this.members.start(1).get(0);
		this.action = this.members.joinedAt(name);
	}

	@Override
	public void stopMember() {
		begin(last());
		this.needed = group().owned(last(), this.partitions);
		this.members.stop(last());
	}

	@Override
	public void killMember() {
		begin(last());
		this.needed = group().owned(last(), this.partitions);
		this.members.kill(last(), begun());
	}

	@Override
	public void pauseMember() throws InterruptedException {
		begin(last());
		this.needed = 2 * group().owned(last(), this.partitions);
		this.members.pause(last(), begun());
	}

	@Override
	public void resumeMember() throws InterruptedException {
		Instant now = Instant.now();
		this.until = now;
		this.members.resume(last(), now);
	}

	@Override
	public void restartMember() {
		begin(last());
		this.members.restart(last());
	}

	@Override
	public void restartAllMembers() throws InterruptedException {
		List<String> names = this.members.names();
		begin(names.toArray(String[]::new));
		for (String name : names) {
			this.members.restart(name);
			awaitSettled();
		}
	}

	private void begin(String... touched) {
		this.touched.addAll(List.of(touched));
		this.action = Instant.now();
	}

	private Instant begun() {
		return Objects.requireNonNull(this.action);
	}

	private String last() {
		return TrialMembers.name(this.plan.members());
	}

	// Awaiting

	@Override
	public void awaitSettled() throws InterruptedException {
		await("compare.not-settled", () -> group().settled(this.partitions) && group().stable());
	}

	/**
	 * Returns when all acknowledged records were handled, or no more can be expected:
	 * none was for longer than a session, or the group has committed all of them. Those
	 * that are missing then count as lost.
	 * @throws VoidRunException if the recorder has failed
	 */
	private void awaitAllHandled(Load load) throws InterruptedException {
		Duration timeout = this.item.setting().session().plus(TIMEOUT.dividedBy(2));
		int placed = load.placed().size();
		int before = -1;
		long last = System.nanoTime();
		for (int handled = recorder().handledOnce(); handled < placed; handled = recorder().handledOnce()) {
			requireRecorder();
			if (handled > before) {
				before = handled;
				last = System.nanoTime();
			}
			Duration since = Duration.ofNanos(System.nanoTime() - last);
			if (since.compareTo(timeout) > 0 || since.compareTo(READ_TIMEOUT) > 0 && group().allCommitted()) {
				return;
			}
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
	}

	/**
	 * @throws VoidRunException with the message of the given key if the condition is not
	 * met in time, or the recorder has failed
	 */
	private void await(String messageKey, BooleanSupplier condition) throws InterruptedException {
		Setting setting = this.item.setting();
		Duration timeout = setting.discovery().plus(setting.session()).plus(TIMEOUT);
		long deadline = deadline(timeout);
		while (!condition.getAsBoolean()) {
			requireRecorder();
			if (System.nanoTime() > deadline) {
				throw new VoidRunException(this.context.messages().get(messageKey, timeout.toSeconds()));
			}
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
	}

	private void requireRecorder() {
		recorder().failure().ifPresent((failure) -> {
			throw new VoidRunException(this.context.messages().get("compare.recorder", failure));
		});
	}

	private static long deadline(Duration from) {
		return System.nanoTime() + from.toNanos();
	}

	private Load load() {
		return Objects.requireNonNull(this.load);
	}

	private TrialGroup group() {
		return Objects.requireNonNull(this.group);
	}

	private Recorder recorder() {
		return Objects.requireNonNull(this.recorder);
	}

	/**
	 * Stops the load and the members, and deletes the topics and the group.
	 */
	@Override
	public void close() {
		if (this.load != null) {
			this.load.close();
		}
		if (this.recorder != null) {
			this.recorder.close();
		}
		this.members.close();
		this.context.remove(this.names, this.item.setting());
	}

}
