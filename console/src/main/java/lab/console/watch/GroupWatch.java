package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import lab.console.group.PossibleCause;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState;
import lab.console.terminal.LabOptions;
import lab.console.watch.GroupView.GroupFacts;
import lab.console.watch.GroupView.MemberView;
import lab.console.watch.GroupView.PartitionView;
import lab.console.watch.GroupView.Sentence;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * Watches a group: takes a snapshot once a second through the Admin API, reads in between
 * what is written to the group's topics, and passes a {@link GroupView} to a listener
 * whenever something has changed. All of this is done in one thread, however many read
 * the views.
 */
@Slf4j
public final class GroupWatch implements AutoCloseable {

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

	/**
	 * There are at most ten views a second.
	 */
	private static final Duration MIN_PAUSE = Duration.ofMillis(100);

	/**
	 * No records are shown where there are more partitions.
	 */
	private static final int MAX_PARTITIONS_WITH_RECORDS = 24;

	/**
	 * How many earlier events of the members are read.
	 */
	private static final int PAST_EVENTS = 1000;

	private final LabOptions options;

	private final WatchedGroup source;

	private final Supplier<? extends Map<String, InstanceState>> instances;

	private final Consumer<GroupView> listener;

	private final History history;

	private final ClusterState cluster;

	private final Records records;

	private final AssignmentChanges changes;

	private final Silences silences;

	private final Growth growth;

	private final LagHistory lag = new LagHistory();

	private final Queue<PossibleCause> done = new ConcurrentLinkedQueue<>();

	private final Thread thread = new Thread(this::run, "group watch");

	private volatile boolean closed;

	private @Nullable TopicTail tail;

	private boolean mayRead = true;

	/** Whether members of the group publish their assignments. */
	private boolean publishes;

	private Map<String, InstanceState> processes = Map.of();

	/**
	 * @param instances the lab's own processes; none where another group is watched
	 * @param listener called in the watch's own thread, at least once a second
	 */
	public GroupWatch(LabOptions options, WatchedGroup source, Supplier<? extends Map<String, InstanceState>> instances,
			Consumer<GroupView> listener) {
		this.options = options;
		this.source = source;
		this.instances = instances;
		this.listener = listener;
		Commands commands = Commands.of(options, source);
		this.history = new History(commands);
		this.cluster = new ClusterState(options, source, commands, this.history);
		this.records = new Records(source);
		this.changes = new AssignmentChanges(this.history);
		this.silences = new Silences(this.history);
		this.growth = new Growth(this.history);
		this.thread.setDaemon(true);
	}

	public void start() {
		this.thread.start();
	}

	/**
	 * Something was done in the lab that may cause a rebalance. May be called by any
	 * thread.
	 */
	@EventListener
	public void done(PossibleCause cause) {
		this.done.add(cause);
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.thread.interrupt();
		this.thread.join(POLL_INTERVAL.toMillis());
	}

	private void run() {
		long next = System.nanoTime();
		try {
			while (!this.closed) {
				boolean due = System.nanoTime() - next >= 0;
				if (due) {
					next = System.nanoTime() + POLL_INTERVAL.toNanos();
				}
				goOn(due);
			}
		}
		catch (InterruptedException | InterruptException ex) {
			// closed
		}
		finally {
			Thread.interrupted();
			if (this.tail != null) {
				this.tail.close();
			}
			this.cluster.close();
		}
	}

	/**
	 * Goes on after any exception: otherwise the view would stay at its last state.
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
			log.error("The group could not be described; trying again.", ex);
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
	}

	private void look() throws InterruptedException {
		for (PossibleCause cause = this.done.poll(); cause != null; cause = this.done.poll()) {
			if (cause.kind() == PossibleCause.Kind.GROWN) {
				this.growth.begin(cause);
			}
			else {
				this.history.add(cause);
			}
		}
		this.processes = this.instances.get();
		GroupSnapshot before = this.cluster.snapshot();
		this.cluster.look((cluster, now) -> {
			GroupSnapshot named = this.changes.withLastingNames(now);
			follow(cluster, named);
			return named;
		}).ifPresent((now) -> compare(before, now));
	}

	/**
	 * Has the tail read the partitions of the group and the topics that its members
	 * publish to.
	 */
	private void follow(Cluster cluster, GroupSnapshot now) {
		if (!this.mayRead) {
			return;
		}
		Set<TopicPartition> tails = (now.partitions().size() > MAX_PARTITIONS_WITH_RECORDS) ? Set.of()
				// a consumer would wait for the end offset of one without a leader
				: now.partitions()
					.stream()
					.filter((partition) -> partition.leader() != null)
					.map(GroupSnapshot.Partition::topicPartition)
					.collect(Collectors.toSet());
		Set<TopicPartition> logs = new HashSet<>();
		for (String topic : List.of(this.source.handledTopic(), this.source.rebalancesTopic())) {
			if (cluster.topics().partitionCount(topic).isPresent()) {
				logs.add(new TopicPartition(topic, 0));
			}
		}
		this.publishes = logs.contains(new TopicPartition(this.source.rebalancesTopic(), 0));
		if (this.tail == null) {
			this.tail = new TopicTail(Cluster.clientProperties(this.options), "board", Records.SHOWN);
		}
		this.tail.readTails(tails, logs, PAST_EVENTS);
	}

	/**
	 * Infers from two snapshots what happened in between.
	 */
	private void compare(@Nullable GroupSnapshot before, GroupSnapshot now) {
		this.history.look(now);
		this.growth.compare(before, now);
		this.changes.compare(before, now, this.publishes);
		this.silences.look(now, this.processes);
		this.lag.add(before, now);
		this.records.forgetDeleted(now);
	}

	/**
	 * Reads what was written to the topics.
	 * @return whether there was anything
	 */
	private boolean read() throws InterruptedException {
		if (this.tail == null || !this.cluster.isUp()) {
			TimeUnit.MILLISECONDS.sleep(MIN_PAUSE.toMillis());
			return false;
		}
		try {
			List<ConsumerRecord<byte[], byte[]>> read = this.tail.poll(MIN_PAUSE);
			read.forEach(this::take);
			if (!read.isEmpty()) {
				// what is written in the meantime becomes part of the same view
				TimeUnit.MILLISECONDS.sleep(MIN_PAUSE.toMillis());
				this.tail.poll(Duration.ZERO).forEach(this::take);
			}
			return !read.isEmpty();
		}
		catch (AuthorizationException ex) {
			// describing a group and reading its topics are authorized apart
			this.mayRead = false;
			this.tail.close();
			this.tail = null;
			return false;
		}
		catch (KafkaException ex) {
			ClusterState.throwIfInterrupted(ex);
			log.debug("The topics could not be read; trying again.", ex);
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
			return false;
		}
	}

	/**
	 * Anybody may write to the topics: malformed events are skipped.
	 */
	private void take(ConsumerRecord<byte[], byte[]> record) {
		if (record.topic().equals(this.source.rebalancesTopic())) {
			AssignmentChanged.parse(record.value()).ifPresent(this.changes::published);
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
		GroupSnapshot snapshot = this.cluster.snapshot();
		Map<String, MemberView> members = new LinkedHashMap<>();
		Map<String, PartitionView> partitions = new LinkedHashMap<>();
		if (snapshot != null) {
			snapshot.members().forEach((member) -> members.put(member.name(), view(member, snapshot)));
			snapshot.partitions()
				.forEach((partition) -> partitions.put(partition.name(),
						new PartitionView(partition, this.records.of(partition))));
		}
		return new GroupView(now, this.source, this.cluster.broker(), verdict(), group(snapshot), members, partitions,
				this.history.timeline(now), this.lag.lag(), this.history.feed(), this.lag.traffic(), this.processes);
	}

	private MemberView view(GroupSnapshot.Member member, GroupSnapshot snapshot) {
		Sentence why = new Sentence(snapshot.shared() ? "board.idle-reason-shared" : "board.idle-reason",
				List.of(String.valueOf(snapshot.members().size()), String.valueOf(snapshot.activePartitions().size())));
		return new MemberView(member, member.idle() ? why : null, this.silences.since(member),
				this.records.handledBy(member.clientId()));
	}

	private @Nullable GroupFacts group(@Nullable GroupSnapshot snapshot) {
		return (snapshot != null) ? new GroupFacts(snapshot, snapshot.classic() ? this.changes.generation() : null,
				this.cluster.timings().orElse(null)) : null;
	}

	private Verdict verdict() {
		return this.cluster.verdict(new Verdict.Memory(this.silences.byMember(), this.growth.unownedSince()));
	}

}
