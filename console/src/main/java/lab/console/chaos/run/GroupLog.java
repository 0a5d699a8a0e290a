package lab.console.chaos.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import lab.console.chaos.ledger.HistoryLine.Commit;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.instance.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the group five times a second, in a thread of its own, and keeps the changes
 * of its committed offsets. Changes between two looks are not seen. Thread-safe.
 */
final class GroupLog implements AutoCloseable {

	/**
	 * How long a state of the group is waited for: far longer than a session, on a busy
	 * machine.
	 */
	static final Duration TIMEOUT = Duration.ofMinutes(2);

	/**
	 * The default of {@code metadata.max.age.ms}, after which the leader of a classic
	 * group notices a new partition.
	 */
	private static final Duration METADATA_AGE = Duration.ofMinutes(5);

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private final Cluster cluster;

	private final String group;

	private final String topic;

	/** How long the group may take until each partition is read. */
	private final Duration timeToSettle;

	private final Map<Integer, Long> committed = new HashMap<>();

	private final List<Commit> commits = new ArrayList<>();

	private final Thread thread = new Thread(this::look, "group-log");

	private @Nullable GroupSnapshot latest;

	GroupLog(Cluster cluster, String group, String topic, Protocol protocol) {
		this.cluster = cluster;
		this.group = group;
		this.topic = topic;
		this.timeToSettle = switch (protocol) {
			case CONSUMER, SHARE -> TIMEOUT;
			case CLASSIC, COOPERATIVE, STATIC -> TIMEOUT.plus(METADATA_AGE);
		};
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void look() {
		try {
			while (true) {
				try {
					add(this.cluster.snapshot(this.group, this.topic));
				}
				catch (RuntimeException ex) {
					// the broker is away, or does not know the group yet after its start
					forget();
				}
				TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
			}
		}
		catch (InterruptedException ex) {
			// closed
		}
	}

	private synchronized void add(GroupSnapshot snapshot) {
		Instant now = Instant.now();
		for (Partition partition : snapshot.partitions()) {
			Long offset = partition.committed();
			if (offset != null && !Objects.equals(this.committed.put(partition.partition(), offset), offset)) {
				this.commits.add(new Commit(partition.partition(), offset, now));
			}
		}
		this.latest = snapshot;
	}

	private synchronized void forget() {
		this.latest = null;
	}

	/**
	 * Returns the group as it was seen last; null while it cannot be seen.
	 */
	synchronized @Nullable GroupSnapshot latest() {
		return this.latest;
	}

	/**
	 * Returns the committed offset of each partition, as it was seen last.
	 */
	synchronized Map<Integer, Long> committed() {
		return Map.copyOf(this.committed);
	}

	/**
	 * Returns the changes that were seen.
	 */
	synchronized List<Commit> commits() {
		return List.copyOf(this.commits);
	}

	/**
	 * Waits until the group is so.
	 * @return whether that is so in time
	 */
	boolean await(Predicate<GroupSnapshot> condition) throws InterruptedException {
		return await(condition, TIMEOUT);
	}

	private boolean await(Predicate<GroupSnapshot> condition, Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (System.nanoTime() < deadline) {
			GroupSnapshot latest = latest();
			if (latest != null && condition.test(latest)) {
				return true;
			}
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
		return false;
	}

	/**
	 * Waits until these products are the group's members, and each partition has one
	 * owner, or in a share group at least one reader.
	 * @return whether that is so in time
	 */
	boolean awaitSettled(List<String> products) throws InterruptedException {
		return await((group) -> settled(group, products), this.timeToSettle);
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
		int before;
		do {
			before = commits().size();
			if (await(
					(group) -> !group.partitions().isEmpty()
							&& group.partitions().stream().map(Partition::lag).allMatch(Long.valueOf(0)::equals),
					this.timeToSettle)) {
				return true;
			}
		}
		while (commits().size() > before);
		return false;
	}

	@Override
	public void close() throws InterruptedException {
		this.thread.interrupt();
		this.thread.join(CLOSE_TIMEOUT.toMillis());
	}

}
