package lab.console.compare.run;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import lab.console.compare.measure.Change;
import lab.console.compare.measure.Handled;
import lab.console.compare.measure.History;
import lab.console.compare.measure.Ownership;
import lab.console.compare.measure.Ownership.Moment;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Plan.Item;
import lab.console.compare.plan.Scenario;
import lab.console.compare.plan.Setting;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.terminal.LabException;
import org.jspecify.annotations.Nullable;

/**
 * One run: a topic and a group of its own, members that settle under load, what is done
 * to them, and all that happened.
 */
public final class Trial implements AutoCloseable {

	private static final Duration GLANCE = Duration.ofMillis(20);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * How long the load goes on after all has settled, for what comes late.
	 */
	private static final Duration TAIL = Duration.ofMillis(500);

	private static final int SETTLED_HANDLED = 10;

	private final RunContext rig;

	private final Plan plan;

	private final Item item;

	private final RunNames names;

	private final Random random;

	private final Map<String, MemberHost> members = new LinkedHashMap<>();

	private final Map<String, Instant> joined = new HashMap<>();

	private final Map<String, Instant> silenced = new HashMap<>();

	private final Set<String> touched = new TreeSet<>();

	private int partitions;

	private int needed;

	private @Nullable Instant action;

	private @Nullable Instant until;

	private @Nullable Load load;

	private @Nullable Recorder recorder;

	Trial(RunContext rig, Plan plan, Item item) {
		this.rig = rig;
		this.plan = plan;
		this.item = item;
		this.names = new RunNames(rig.prefix() + item.number() + "-");
		this.random = new Random(plan.seed() * 31 + item.number());
		this.partitions = plan.partitionsAtStart(item.scenario());
	}

	/**
	 * Does it all.
	 * @throws VoidRunException when the group does not settle in time, or a member fails
	 * @throws LabException when the cluster refuses
	 */
	History run() throws InterruptedException {
		int before = this.partitions;
		prepare();
		Load load = load();
		load.start();
		awaitSettled();
		await("compare.no-load", () -> everyPartitionHandled(SETTLED_HANDLED, Instant.MIN));
		TimeUnit.MILLISECONDS.sleep(this.random.nextLong(this.item.setting().heartbeat().toMillis() + 1));
		this.item.scenario().perform(this);
		TimeUnit.MILLISECONDS.sleep(TAIL.toMillis());
		Instant end = load.stop();
		awaitAllHandled(load);
		Instant action = Objects.requireNonNull(this.action);
		return new History(action, (this.until != null) ? this.until : end, end, before, this.partitions,
				this.item.setting().shared(), this.touched, this.silenced, this.needed, load.placed(),
				recorder().handled(), recorder().changes());
	}

	private void prepare() {
		Cluster cluster = this.rig.cluster();
		cluster.topics().create(this.names.topic(), this.partitions);
		for (String own : List.of(this.names.handledTopic(), this.names.rebalancesTopic(),
				this.names.deadLetterTopic())) {
			cluster.topics().create(own, 1);
		}
		cluster.configureGroup(this.names.group(), this.item.setting().group());
		this.recorder = new Recorder(this.rig.client(), this.names.handledTopic(), this.names.rebalancesTopic());
		this.load = new Load(this.rig.client(), this.names.topic(), this.partitions, this.plan.rate(),
				this.plan.size());
		List<String> names = IntStream.rangeClosed(1, this.plan.members())
			.mapToObj((number) -> "member" + number)
			.toList();
		List<MemberHost> hosts = this.rig.hosts().take(names.size());
		for (int i = 0; i < names.size(); i++) {
			this.members.put(names.get(i), hosts.get(i));
		}
		joinAtOnce(names);
	}

	private void joinAtOnce(List<String> names) {
		List<CompletableFuture<Instant>> joining = names.stream()
			.map((name) -> CompletableFuture.supplyAsync(() -> host(name).join(this.item.series(),
					this.names.arguments(name, this.item.setting(), this.rig.client()))))
			.toList();
		try {
			for (int i = 0; i < names.size(); i++) {
				this.joined.put(names.get(i), joining.get(i).join());
			}
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof LabException known) ? known : ex;
		}
	}

	// What scenarios do

	public void grow() {
		begin();
		this.partitions = this.plan.growTo();
		this.rig.cluster().topics().createPartitions(this.names.topic(), this.partitions);
		load().grow(this.partitions);
	}

	public void join() {
		String name = "member" + (this.members.size() + 1);
		this.members.put(name, this.rig.hosts().take(1).get(0));
		this.needed = this.partitions / this.members.size();
		joinAtOnce(List.of(name));
		this.action = this.joined.get(name);
	}

	public void leave() {
		begin(last());
		this.needed = owned(last());
		MemberHost host = host(last());
		host.leave();
		this.members.remove(last());
		this.rig.hosts().giveBack(host);
	}

	public void kill() {
		begin(last());
		this.needed = owned(last());
		this.silenced.put(last(), begun());
		Objects.requireNonNull(this.members.remove(last())).kill();
	}

	public void pause() throws InterruptedException {
		begin(last());
		this.needed = 2 * owned(last());
		this.silenced.put(last(), begun());
		host(last()).pause();
	}

	public void resume() throws InterruptedException {
		Instant now = Instant.now();
		this.until = now;
		this.joined.put(last(), now);
		host(last()).resume();
	}

	public void restart() {
		begin(last());
		restart(last());
	}

	public void restartAll() throws InterruptedException {
		begin(this.members.keySet().toArray(String[]::new));
		for (String name : List.copyOf(this.members.keySet())) {
			restart(name);
			awaitSettled();
		}
	}

	private void restart(String name) {
		host(name).leave();
		joinAtOnce(List.of(name));
	}

	private void begin(String... touched) {
		this.touched.addAll(List.of(touched));
		this.action = Instant.now();
	}

	private Instant begun() {
		return Objects.requireNonNull(this.action);
	}

	/**
	 * The member that is stopped, killed or held still, where one is.
	 */
	private String last() {
		return "member" + ((this.item.scenario() == Scenario.JOIN) ? this.members.size() : this.plan.members());
	}

	private int owned(String member) {
		Moment now = ownership().last();
		return (int) IntStream.range(0, this.partitions)
			.filter((partition) -> now.of(partition).contains(member))
			.count();
	}

	// What is waited for

	/**
	 * Until every partition has its owner, who has handled a record of it since, and the
	 * coordinator says that nothing is on its way.
	 */
	public void awaitSettled() throws InterruptedException {
		await("compare.not-settled", () -> settled() && stable());
	}

	private boolean settled() {
		List<Change> changes = recorder().changes();
		Moment now = ownership().last();
		boolean everybodyKnows = live().stream()
			.allMatch((member) -> changes.stream()
				.anyMatch((change) -> change.member().equals(member) && !change.at().isBefore(joinedAt(member))));
		return everybodyKnows && now.complete(this.partitions, this.item.setting().shared())
				&& (!this.item.setting().shared() || live().stream().allMatch((member) -> owned(member) > 0))
				&& everyPartitionHandled(1, now.at());
	}

	private boolean everyPartitionHandled(int times, Instant since) {
		Moment now = ownership().last();
		List<Handled> handled = recorder().handled(Math.max(1000, 20 * this.partitions));
		return IntStream.range(0, this.partitions)
			.allMatch((partition) -> handled.stream()
				.filter((record) -> record.partition() == partition && now.of(partition).contains(record.member())
						&& !record.at().isBefore(since))
				.count() >= times);
	}

	/**
	 * A share group has no state in between.
	 */
	private boolean stable() {
		if (this.item.setting().shared()) {
			return true;
		}
		GroupSnapshot group = this.rig.cluster().snapshot(this.names.group(), this.names.topic());
		return group.state().equals("Stable") && group.members().size() == live().size()
				&& group.members()
					.stream()
					.allMatch((member) -> member.target() == null || member.target().equals(member.assigned()));
	}

	/**
	 * The members of which something is to be heard.
	 */
	private Set<String> live() {
		Set<String> live = new TreeSet<>(this.members.keySet());
		this.silenced.forEach((member, at) -> {
			if (!joinedAt(member).isAfter(at)) {
				live.remove(member);
			}
		});
		return live;
	}

	private Instant joinedAt(String member) {
		return this.joined.getOrDefault(member, Instant.MAX);
	}

	/**
	 * However slowly. When nothing comes any more, what is not handled is lost, and
	 * {@code Measures} says so.
	 */
	private void awaitAllHandled(Load load) throws InterruptedException {
		Duration patience = this.item.setting().session().plus(PATIENCE.dividedBy(2));
		int placed = load.placed().size();
		int before = -1;
		long deadline = deadline(patience);
		for (int handled = recorder().handledOnce(); handled < placed
				&& System.nanoTime() < deadline; handled = recorder().handledOnce()) {
			if (handled > before) {
				before = handled;
				deadline = deadline(patience);
			}
			TimeUnit.MILLISECONDS.sleep(GLANCE.toMillis());
		}
	}

	private void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
		Setting setting = this.item.setting();
		Duration patience = setting.discovery().plus(setting.session()).plus(PATIENCE);
		long deadline = deadline(patience);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new VoidRunException(this.rig.messages().get(otherwise, patience.toSeconds()));
			}
			TimeUnit.MILLISECONDS.sleep(GLANCE.toMillis());
		}
	}

	private static long deadline(Duration from) {
		return System.nanoTime() + from.toNanos();
	}

	private Ownership ownership() {
		return Ownership.of(recorder().changes(), this.silenced);
	}

	private MemberHost host(String name) {
		return Objects.requireNonNull(this.members.get(name));
	}

	private Load load() {
		return Objects.requireNonNull(this.load);
	}

	private Recorder recorder() {
		return Objects.requireNonNull(this.recorder);
	}

	/**
	 * Everybody leaves, and nothing stays on the cluster.
	 */
	@Override
	public void close() {
		if (this.load != null) {
			this.load.close();
		}
		List<CompletableFuture<Void>> leaving = this.members.values()
			.stream()
			.filter(MemberHost::isAlive)
			.map((host) -> CompletableFuture.runAsync(() -> this.rig.hosts().dismiss(host)))
			.toList();
		if (this.recorder != null) {
			this.recorder.close();
		}
		leaving.forEach(CompletableFuture::join);
		this.rig.remove(this.names, this.item.setting());
	}

}
