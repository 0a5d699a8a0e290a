package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import lab.console.events.AssignmentChanged;
import lab.console.events.OrderHandled;
import lab.console.events.TopicTail;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupTimings;
import lab.console.group.PossibleCause;
import lab.console.group.Verdict;
import lab.console.group.Verdict.Level;
import lab.console.group.Verdict.Silence;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.watch.GroupView.Broker;
import lab.console.watch.GroupView.Broker.State;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * Looks at a group once a second through the Admin API, reads in between what comes into
 * its topics, and tells a listener whenever something has changed. One thread does all of
 * it, whoever and however many look at the result.
 */
@Slf4j
public final class GroupWatch implements AutoCloseable {

	private static final Duration EVERY = Duration.ofSeconds(1);

	/**
	 * No more than ten changes a second are told.
	 */
	private static final Duration PAUSE = Duration.ofMillis(100);

	/**
	 * In more partitions than that nobody can follow records.
	 */
	private static final int PARTITIONS_WITH_RECORDS = 24;

	/**
	 * How much of what the members published is read from before the watch began.
	 */
	private static final int PAST = 1000;

	/**
	 * Group settings seldom change.
	 */
	private static final int LOOKS_BETWEEN_TIMINGS = 10;

	private final LabOptions options;

	private final WatchedGroup source;

	private final Supplier<? extends Map<String, InstanceState>> instances;

	private final Consumer<GroupView> listener;

	private final History history;

	private final Commands commands;

	private final Thread thread = new Thread(this::run, "group watch");

	private final Queue<PossibleCause> done = new ConcurrentLinkedQueue<>();

	private volatile boolean closed;

	private @Nullable Cluster cluster;

	private @Nullable TopicTail tail;

	private boolean mayRead = true;

	private Broker broker;

	private @Nullable GroupSnapshot snapshot;

	private Map<String, InstanceState> states = Map.of();

	private Optional<GroupTimings> timings = Optional.empty();

	private int looks;

	private final Records records;

	private final AssignmentChanges members;

	private final LagHistory counts = new LagHistory();

	/** Whether members of the group publish their assignments. */
	private boolean publishes;

	private final Map<String, Silence> silent = new HashMap<>();

	private final Map<String, Instant> unownedSince = new HashMap<>();

	private final Map<String, PossibleCause> growing = new HashMap<>();

	/**
	 * @param instances the lab's own processes; none where another group is watched
	 * @param listener told in the watch's own thread, at least once a second
	 */
	public GroupWatch(LabOptions options, WatchedGroup source, Supplier<? extends Map<String, InstanceState>> instances,
			Consumer<GroupView> listener) {
		this.options = options;
		this.source = source;
		this.instances = instances;
		this.listener = listener;
		this.commands = Commands.of(options, source);
		this.history = new History(this.commands);
		this.records = new Records(source);
		this.members = new AssignmentChanges(this.history);
		this.broker = new Broker(null, State.AWAY, Instant.now(), null);
		this.thread.setDaemon(true);
	}

	public void start() {
		this.thread.start();
	}

	/**
	 * Something was done here that may cause a rebalance.
	 */
	@EventListener
	public void done(PossibleCause mark) {
		this.done.add(mark);
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.thread.interrupt();
		this.thread.join(EVERY.toMillis());
	}

	private void run() {
		Instant next = Instant.MIN;
		try {
			while (!this.closed) {
				boolean due = !Instant.now().isBefore(next);
				if (due) {
					next = Instant.now().plus(EVERY);
				}
				goOn(due);
			}
		}
		catch (InterruptedException | InterruptException ex) {
			// closed
		}
		finally {
			Thread.interrupted();
			forget();
		}
	}

	/**
	 * Whatever goes wrong once, the next second is another try: a watch that has ended
	 * would show a past for ever.
	 */
	private void goOn(boolean due) throws InterruptedException {
		try {
			if (due) {
				look();
			}
			if (read() || due) {
				this.listener.accept(view());
			}
		}
		catch (InterruptException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			log.error("The group could not be looked at; trying again.", ex);
			TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
		}
	}

	/**
	 * Asks the cluster; what it does not answer stays as it was, with its time.
	 */
	private void look() throws InterruptedException {
		for (PossibleCause mark = this.done.poll(); mark != null; mark = this.done.poll()) {
			if (mark.kind() == PossibleCause.Kind.GROWN) {
				this.growing.put(mark.target(), mark);
			}
			else {
				this.history.add(mark);
			}
		}
		this.states = this.instances.get();
		if (!Cluster.reachable(this.options.bootstrapServer())) {
			away(State.AWAY, null);
			return;
		}
		try {
			if (this.cluster == null) {
				this.cluster = Cluster.connect(this.options);
			}
			GroupSnapshot now = this.members.withLastingNames(this.cluster.snapshot(this.source.group(),
					this.source.expectedTopic().stream().toArray(String[]::new)));
			boolean other = this.snapshot == null || !Objects.equals(this.snapshot.protocol(), now.protocol());
			if (this.looks++ % LOOKS_BETWEEN_TIMINGS == 0 || other) {
				this.timings = this.cluster.timings(now);
			}
			follow(this.cluster, now);
			if (this.broker.state() != State.UP && this.broker.at() != null) {
				this.history.say(now.at(), Level.OK, "event.broker-back", this.commands.brokers(),
						this.source.bootstrapServer());
			}
			this.broker = new Broker(now.at(), State.UP, since(State.UP, now.at()), null);
			compare(this.snapshot, now);
			this.snapshot = now;
		}
		catch (LabException ex) {
			// without a client: its settings are wrong
			boolean refused = ex.getCause() instanceof AuthenticationException
					|| ex.getCause() instanceof AuthorizationException || ex.getCause() != null && this.cluster == null;
			away(refused ? State.REFUSED : State.AWAY, ex.getMessage());
		}
		catch (KafkaException ex) {
			throwIfInterrupted(ex);
			away(State.AWAY, ex.getMessage());
		}
	}

	private void away(State state, @Nullable String problem) {
		Instant now = Instant.now();
		if (this.broker.state() == State.UP) {
			this.history.say(now, Level.BAD, "event.broker-away", this.commands.brokers(),
					this.source.bootstrapServer());
		}
		this.broker = new Broker(this.broker.at(), state, since(state, now), problem);
	}

	private Instant since(State state, Instant now) {
		return (this.broker.state() == state) ? this.broker.since() : now;
	}

	/**
	 * Has the tail read what the group reads and what its members publish.
	 */
	private void follow(Cluster cluster, GroupSnapshot now) {
		if (!this.mayRead) {
			return;
		}
		Set<TopicPartition> tails = (now.partitions().size() > PARTITIONS_WITH_RECORDS) ? Set.of()
				: now.partitions().stream().map(Records::key).collect(Collectors.toSet());
		Set<TopicPartition> logs = new HashSet<>();
		for (String topic : List.of(this.source.handledTopic(), this.source.rebalancesTopic())) {
			if (cluster.partitionCount(topic).isPresent()) {
				logs.add(new TopicPartition(topic, 0));
			}
		}
		this.publishes = logs.contains(new TopicPartition(this.source.rebalancesTopic(), 0));
		if (this.tail == null) {
			this.tail = new TopicTail(Cluster.clientProperties(this.options), "board", Records.SHOWN);
		}
		this.tail.readTails(tails, logs, PAST);
	}

	/**
	 * Draws from two looks what happened in between.
	 */
	private void compare(@Nullable GroupSnapshot before, GroupSnapshot now) {
		this.history.look(now);
		grown(before, now);
		this.members.compare(before, now, this.publishes);
		silence(now);
		Map<String, Instant> unowned = new HashMap<>();
		now.partitions().stream().filter((partition) -> partition.readBy().isEmpty()).forEach((partition) -> {
			Instant since = Optional.ofNullable(this.growing.get(partition.topic()))
				.map(PossibleCause::at)
				.orElse(now.at());
			unowned.put(partition.name(), this.unownedSince.getOrDefault(partition.name(), since));
		});
		this.unownedSince.clear();
		this.unownedSince.putAll(unowned);
		this.counts.add(before, now);
		this.records.forgetDeleted(now);
	}

	private void grown(@Nullable GroupSnapshot before, GroupSnapshot now) {
		if (before == null) {
			return;
		}
		Set<String> topics = before.partitions()
			.stream()
			.map(GroupSnapshot.Partition::topic)
			.collect(Collectors.toSet());
		Set<String> known = before.partitions().stream().map(GroupSnapshot.Partition::name).collect(Collectors.toSet());
		now.partitions()
			.stream()
			.filter((partition) -> topics.contains(partition.topic()) && !known.contains(partition.name()))
			.forEach((partition) -> {
				PossibleCause here = this.growing.get(partition.topic());
				this.history
					.add((here != null) ? new PossibleCause(here.at(), PossibleCause.Kind.GROWN, partition.name(), true)
							: new PossibleCause(now.at(), PossibleCause.Kind.GROWN, partition.name(), false));
			});
		this.growing.values().removeIf((mark) -> mark.at().isBefore(now.at().minus(EVERY.multipliedBy(10))));
	}

	/**
	 * Members that send no heartbeats: known of the lab's own processes, and of static
	 * members that took their leave under KIP-848.
	 */
	private void silence(GroupSnapshot now) {
		Map<String, Silence> before = Map.copyOf(this.silent);
		this.silent.clear();
		for (GroupSnapshot.Member member : now.members()) {
			InstanceState process = this.states.get(member.clientId());
			boolean lives = process == null || process.state() == InstanceState.State.RUNNING
					|| process.state() == InstanceState.State.ELSEWHERE;
			if (lives && !member.away()) {
				continue;
			}
			boolean paused = process != null && process.state() == InstanceState.State.PAUSED;
			Silence known = before.get(member.name());
			this.silent.put(member.name(),
					(known != null) ? known : new Silence(silentSince(member, paused, now.at()), paused));
		}
	}

	/**
	 * What was done here is also seen a moment later. That a static member was stopped is
	 * no crash, though it stays a member as after one.
	 */
	private Instant silentSince(GroupSnapshot.Member member, boolean paused, Instant now) {
		Instant lately = now.minus(EVERY.multipliedBy(10));
		PossibleCause.Kind kind = paused ? PossibleCause.Kind.PAUSED : PossibleCause.Kind.DIED;
		return this.history.last(kind, member.clientId(), lately)
			.or(() -> (member.groupInstanceId() != null && !paused)
					? this.history.last(PossibleCause.Kind.STOPPED, member.clientId(), lately) : Optional.empty())
			.orElseGet(() -> {
				if (!member.away()) {
					this.history.add(new PossibleCause(now, kind, member.clientId(), false));
				}
				return now;
			});
	}

	/**
	 * Takes in what came into the topics.
	 * @return whether something came
	 */
	private boolean read() throws InterruptedException {
		if (this.tail == null || this.broker.state() != State.UP) {
			TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
			return false;
		}
		try {
			List<ConsumerRecord<byte[], byte[]>> read = this.tail.poll(PAUSE);
			read.forEach(this::take);
			if (!read.isEmpty()) {
				// what comes in the next moment is told together with it
				TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
				this.tail.poll(Duration.ZERO).forEach(this::take);
			}
			return !read.isEmpty();
		}
		catch (AuthorizationException ex) {
			// who may look at the group need not be allowed to read its topics
			this.mayRead = false;
			this.tail.close();
			this.tail = null;
			return false;
		}
		catch (KafkaException ex) {
			throwIfInterrupted(ex);
			return false;
		}
	}

	/**
	 * Anybody may write to the topics: records that are not events are passed over.
	 */
	private void take(ConsumerRecord<byte[], byte[]> record) {
		if (record.topic().equals(this.source.rebalancesTopic())) {
			AssignmentChanged.parse(record.value()).ifPresent(this.members::published);
		}
		else if (record.topic().equals(this.source.handledTopic())) {
			OrderHandled.parse(record.value()).ifPresent(this.records::addHandled);
		}
		else {
			this.records.add(record);
		}
	}

	private GroupView view() {
		Instant now = Instant.now();
		GroupSnapshot group = this.snapshot;
		Map<String, GroupView.Member> members = new LinkedHashMap<>();
		Map<String, GroupView.Partition> partitions = new LinkedHashMap<>();
		if (group != null) {
			group.members()
				.forEach((member) -> members.put(member.name(),
						new GroupView.Member(member.memberId(), member.clientId(), member.groupInstanceId(),
								member.host(), member.epoch(), member.assigned(), member.target(), member.idle(),
								member.idle() ? why(group) : null, silentSince(member),
								this.records.handledBy(member.clientId()))));
			group.partitions()
				.forEach((partition) -> partitions.put(partition.name(),
						new GroupView.Partition(partition.topic(), partition.partition(), partition.leader(),
								partition.committed(), partition.end(), partition.lag(), partition.owner(),
								partition.readers(), this.records.of(partition))));
		}
		return new GroupView(now, this.source, this.broker, verdict(group), group(group), members, partitions,
				this.history.timeline(now), this.counts.lag(), this.history.feed(), this.counts.traffic(), this.states);
	}

	private static GroupView.Sentence why(GroupSnapshot group) {
		return new GroupView.Sentence(group.shared() ? "board.idle-reason-shared" : "board.idle-reason",
				List.of(String.valueOf(group.members().size()), String.valueOf(group.read().size())));
	}

	private @Nullable Instant silentSince(GroupSnapshot.Member member) {
		return Optional.ofNullable(this.silent.get(member.name())).map(Silence::since).orElse(null);
	}

	private GroupView.@Nullable Group group(@Nullable GroupSnapshot group) {
		if (group == null) {
			return null;
		}
		return new GroupView.Group(group.at(), group.state(), group.protocol(), group.assignor(), group.groupEpoch(),
				group.assignmentEpoch(), group.classic() ? this.members.generation() : null,
				this.timings.map(GroupTimings::heartbeatMs).orElse(null),
				this.timings.map(GroupTimings::sessionMs).orElse(null),
				this.timings.map(GroupTimings::lockMs).orElse(null));
	}

	private Verdict verdict(@Nullable GroupSnapshot group) {
		if (this.broker.state() == State.REFUSED) {
			return Verdict.refused(String.valueOf(this.broker.problem()));
		}
		if (this.broker.state() == State.AWAY || group == null) {
			return Verdict.away(this.source.bootstrapServer());
		}
		return Verdict.of(group, this.source.expectedTopic(), this.timings,
				new Verdict.Memory(this.silent, this.unownedSince));
	}

	private static void throwIfInterrupted(KafkaException ex) throws InterruptedException {
		if (ex instanceof InterruptException || Thread.currentThread().isInterrupted()) {
			throw new InterruptedException();
		}
	}

	private void forget() {
		if (this.tail != null) {
			this.tail.close();
		}
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

}
