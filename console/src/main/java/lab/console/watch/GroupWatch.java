package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import lab.console.group.Arrivals;
import lab.console.group.GroupSnapshot;
import lab.console.group.IdleReason;
import lab.console.group.PossibleCause;
import lab.console.group.Retention;
import lab.console.group.Unread;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState;
import lab.console.terminal.LabOptions;
import lab.console.watch.GroupView.GroupFacts;
import lab.console.watch.GroupView.MemberView;
import lab.console.watch.GroupView.PartitionView;
import lab.console.watch.GroupView.Sentence;
import lombok.extern.slf4j.Slf4j;
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

	private static final Duration ARRIVALS_KEPT = Duration.ofMinutes(10);

	private static final Duration MIN_WAIT = Duration.ofMillis(100);

	private final WatchedGroup source;

	private final Supplier<? extends Map<String, InstanceState>> instances;

	private final Consumer<GroupView> listener;

	private final History history;

	private final ClusterState cluster;

	private final Records records;

	private final AssignmentChanges changes;

	private final GroupTopics topics;

	private final Silences silences;

	private final Growth growth;

	private final Leaders leaders;

	private final GroupDeadLetters deadLetters;

	private final LagHistory lag = new LagHistory();

	private final Arrivals arrivals = new Arrivals(ARRIVALS_KEPT);

	private final Queue<PossibleCause> done = new ConcurrentLinkedQueue<>();

	private final Thread thread = new Thread(this::run, "group watch");

	private volatile boolean closed;

	private Map<String, InstanceState> processes = Map.of();

	/** The last snapshot with members that may be seen. */
	private @Nullable GroupSnapshot seen;

	/**
	 * @param instances the lab's own processes; none where another group is watched
	 * @param listener called in the watch's own thread, at least once a second
	 */
	public GroupWatch(LabOptions options, WatchedGroup source, Supplier<? extends Map<String, InstanceState>> instances,
			Consumer<GroupView> listener) {
		this.source = source;
		this.instances = instances;
		this.listener = listener;
		Commands commands = Commands.of(options, source);
		this.history = new History(commands);
		this.cluster = new ClusterState(options, source, commands, this.history);
		this.records = new Records(source, this.history::add);
		this.changes = new AssignmentChanges(this.history);
		this.deadLetters = new GroupDeadLetters(source, commands, this.history);
		this.topics = new GroupTopics(options, source, this.records, this.changes, this.deadLetters);
		this.silences = new Silences(this.history);
		this.growth = new Growth(this.history);
		this.leaders = new Leaders(commands, this.history);
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
				goOn(due, next);
			}
		}
		catch (InterruptedException | InterruptException ex) {
			// closed
		}
		finally {
			Thread.interrupted();
			this.topics.close();
			this.cluster.close();
		}
	}

	/**
	 * Goes on after any exception: otherwise the view would stay at its last state.
	 */
	private void goOn(boolean due, long next) throws InterruptedException {
		try {
			if (due) {
				look();
			}
			long left = next - System.nanoTime();
			// a snapshot is shown at once, unless it took so long that the next one is
			// due
			Duration wait = (left <= 0) ? MIN_WAIT : Duration.ofNanos(due ? 0 : left);
			boolean read = this.topics.read(this.cluster.isUp(), wait);
			if (this.changes.heard()) {
				// else the verdict on the last snapshot would contradict the event
				look();
			}
			if (read || due) {
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
		this.deadLetters.tell(Instant.now());
		this.processes = this.instances.get();
		this.leaders.look(this.processes);
		GroupSnapshot before = this.cluster.snapshot();
		this.cluster.look((cluster, now) -> {
			GroupSnapshot named = this.changes.withLastingNames(now);
			this.topics.follow(cluster, named);
			return named;
		}).ifPresent((now) -> compare(before, now));
	}

	/**
	 * Infers from two snapshots what happened in between. Members that may not be seen
	 * have not left.
	 */
	private void compare(@Nullable GroupSnapshot before, GroupSnapshot now) {
		this.history.look(now);
		this.leaders.compare(before, now);
		if (!now.membersHidden()) {
			this.growth.compare(this.seen, now);
			this.changes.compare(this.seen, now, this.topics.publishes());
			this.silences.look(now, this.processes);
			this.seen = now;
		}
		this.lag.add(before, now);
		this.arrivals.look(now);
		this.records.forgetDeleted(now);
	}

	private GroupView view() {
		Instant now = Instant.now();
		GroupSnapshot snapshot = this.cluster.snapshot();
		Map<String, MemberView> members = new LinkedHashMap<>();
		Map<String, PartitionView> partitions = new LinkedHashMap<>();
		if (snapshot != null) {
			snapshot.members().forEach((member) -> members.put(member.name(), view(member, snapshot)));
			snapshot.partitions().forEach((partition) -> partitions.put(partition.name(), view(partition)));
		}
		return new GroupView(now, this.source, this.cluster.broker(), verdict(now), group(snapshot), members,
				partitions, this.history.timeline(now), this.lag.lag(), this.history.feed(), this.lag.traffic(),
				this.deadLetters.view(), this.processes);
	}

	private PartitionView view(GroupSnapshot.Partition partition) {
		Unread unread = this.arrivals.unread(partition);
		Retention retention = this.cluster.retention().topics().get(partition.topic());
		Instant deletableFrom = (unread != null) ? this.cluster.retention().deletable().get(partition.topicPartition())
				: null;
		if (deletableFrom == null && unread != null && !unread.earlier() && retention != null
				&& retention.ms() != null) {
			deletableFrom = unread.since().plusMillis(retention.ms());
		}
		return new PartitionView(partition, this.records.of(partition), unread,
				this.history.stalled().get(partition.name()), retention, deletableFrom);
	}

	private MemberView view(GroupSnapshot.Member member, GroupSnapshot snapshot) {
		Sentence why = new Sentence(IdleReason.of(snapshot).of("board.idle-reason"),
				List.of(String.valueOf(snapshot.members().size()), String.valueOf(snapshot.activePartitions().size()),
						Objects.requireNonNullElse(snapshot.assignor(), "-")));
		return new MemberView(member, member.idle() ? why : null, this.silences.since(member),
				this.records.handledBy(member.clientId()));
	}

	private @Nullable GroupFacts group(@Nullable GroupSnapshot snapshot) {
		return (snapshot != null) ? new GroupFacts(snapshot, snapshot.classic() ? this.changes.generation() : null,
				this.cluster.timings().orElse(null), this.history.standsStill(snapshot)) : null;
	}

	private Verdict verdict(Instant now) {
		Verdict verdict = this.cluster.verdict(new Verdict.Memory(this.silences.byMember(), this.growth.unownedSince(),
				this.history.stalled(), this.cluster.retention()), now);
		if (verdict.level() != Verdict.Level.OK) {
			return verdict;
		}
		return this.silences.pausedApart()
			.map((product) -> new Verdict(Verdict.Level.NOTE, "verdict.paused-apart", List.of(product)))
			.or(this.leaders::apart)
			.orElse(verdict);
	}

}
