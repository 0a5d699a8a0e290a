package lab.console.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Verdict.Level;

/**
 * What is unusual about the offsets of a group: a verdict for each kind, the most urgent
 * first.
 */
final class OffsetVerdicts {

	/**
	 * The least lag that is said: a group that keeps up has less between two commits.
	 */
	static final long BEHIND = 10;

	/**
	 * How many partitions a sentence names.
	 */
	private static final int MAX_NAMED = 3;

	/**
	 * A longer time is told in minutes.
	 */
	private static final long MAX_SECONDS = 180;

	/**
	 * A longer time is told in hours.
	 */
	private static final long MAX_MINUTES = 180;

	private OffsetVerdicts() {
	}

	/**
	 * @param topic that the group is expected to read, where one was named
	 * @param retention what retention may delete
	 */
	static List<Verdict> of(GroupSnapshot group, Optional<String> topic, UnreadRetention retention) {
		List<Partition> read = group.activePartitions();
		List<Verdict> verdicts = new ArrayList<>();
		List<Partition> without = where(read, (partition) -> partition.leader() == null);
		if (!without.isEmpty()) {
			verdicts.add(new Verdict(Level.BAD, "verdict.no-leader", named(without)));
		}
		if (!group.shared()) {
			verdicts.addAll(outOfRange(read));
		}
		deletable(group, retention).ifPresent(verdicts::add);
		if (!group.hiddenTopics().isEmpty()) {
			verdicts.add(new Verdict(Level.NOTE, "verdict.hidden-topics", String.join(", ", group.hiddenTopics())));
		}
		unread(group, topic).ifPresent(verdicts::add);
		List<Partition> open = where(read, (partition) -> partition.inOpenTransaction() > 0);
		if (!open.isEmpty()) {
			long behind = open.stream().mapToLong(Partition::inOpenTransaction).sum();
			verdicts.add(new Verdict((behind < BEHIND) ? Level.OK : Level.WAIT,
					open.get(0).readCommitted() ? "verdict.open-transaction" : "verdict.open-transaction-any", behind,
					listed(open, (partition) -> "%s (%d)".formatted(partition.name(), partition.lastStable()))));
		}
		List<Partition> unknown = where(read, (partition) -> partition.leader() != null && partition.end() == null);
		if (!unknown.isEmpty()) {
			String leaders = unknown.stream()
				.map((partition) -> String.valueOf(partition.leader()))
				.distinct()
				.collect(Collectors.joining(", "));
			verdicts.add(new Verdict(Level.WAIT, "verdict.end-unknown", named(unknown), leaders));
		}
		List<Partition> never = where(read, (partition) -> partition.neverCommitted() > 0);
		long there = never.stream().mapToLong(Partition::neverCommitted).sum();
		if (there >= BEHIND) {
			verdicts.add(new Verdict(Level.NOTE, "verdict.never-committed", named(never), there));
		}
		List<Partition> transacted = where(read, (partition) -> partition.knownInTransactions() > 0);
		if (!transacted.isEmpty()) {
			long records = transacted.stream().mapToLong(Partition::knownInTransactions).sum();
			verdicts.add(new Verdict((records < BEHIND) ? Level.OK : Level.NOTE, "verdict.in-transactions", records,
					listed(transacted,
							(partition) -> "%s (%d)".formatted(partition.name(), partition.knownInTransactions()))));
		}
		List<Partition> fewer = where(read, (partition) -> partition.notRecords() > 0);
		if (!fewer.isEmpty()) {
			verdicts.add(new Verdict(Level.OK,
					fewer.get(0).readCommitted() ? "verdict.not-records" : "verdict.not-records-any",
					listed(fewer, (partition) -> "%s (%d)".formatted(partition.name(), partition.notRecords()))));
		}
		return verdicts;
	}

	/**
	 * Committed offsets where the log has no record, no longer or not yet. No member of a
	 * share group chooses where to begin, so there is no such thing there.
	 */
	private static List<Verdict> outOfRange(List<Partition> read) {
		List<Verdict> verdicts = new ArrayList<>();
		List<Partition> beyond = where(read, Partition::beyondEnd);
		if (!beyond.isEmpty()) {
			verdicts.add(new Verdict(Level.BAD, "verdict.beyond", listed(beyond, (partition) -> "%s (%d > %d)"
				.formatted(partition.name(), partition.committed(), partition.end()))));
		}
		List<Partition> deleted = where(read, (partition) -> partition.deletedUnread() > 0);
		if (!deleted.isEmpty()) {
			verdicts.add(new Verdict(Level.BAD, "verdict.deleted",
					deleted.stream().mapToLong(Partition::deletedUnread).sum(),
					listed(deleted, (partition) -> "%s (%d < %d)".formatted(partition.name(), partition.committed(),
							partition.logStart()))));
		}
		return verdicts;
	}

	/**
	 * Says when unread records may be deleted because of their age, if that is near.
	 */
	static Optional<Verdict> deletable(GroupSnapshot group, UnreadRetention retention) {
		return retention.next(group).map((next) -> {
			long seconds = Duration.between(group.at(), next.getValue()).toSeconds();
			if (seconds <= 0) {
				return new Verdict(Level.NOTE, "verdict.deletable-now", next.getKey());
			}
			if (seconds < MAX_SECONDS) {
				return new Verdict(Level.NOTE, "verdict.deletable-seconds", next.getKey(), seconds);
			}
			return (seconds < MAX_MINUTES * 60)
					? new Verdict(Level.NOTE, "verdict.deletable-minutes", next.getKey(), seconds / 60)
					: new Verdict(Level.NOTE, "verdict.deletable-hours", next.getKey(), seconds / 3600);
		});
	}

	static Optional<Verdict> unread(GroupSnapshot group, Optional<String> topic) {
		return group.unreadTopics(topic).map((topics) -> new Verdict(Level.NOTE, "verdict.unread-topic", topics));
	}

	/**
	 * The names of the first of them.
	 */
	static String named(List<Partition> partitions) {
		return listed(partitions, Partition::name);
	}

	private static List<Partition> where(List<Partition> partitions, Predicate<Partition> condition) {
		return partitions.stream().filter(condition).toList();
	}

	static String listed(List<Partition> partitions, Function<Partition, String> text) {
		String listed = partitions.stream().limit(MAX_NAMED).map(text).collect(Collectors.joining(", "));
		return (partitions.size() > MAX_NAMED) ? listed + ", …" : listed;
	}

}
