package lab.console.rail;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import lab.console.group.GroupSnapshot;
import lab.console.lesson.BoardCondition;
import lab.console.lesson.BoardCondition.Fact;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.Broker.BrokerState;
import lab.console.watch.GroupView.MemberView;
import lab.console.watch.GroupView.PartitionView;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the group at one moment.
 *
 * @param handled how many orders each member has handled, those that have left too
 */
record Sight(GroupView view, Map<String, Long> handled) {

	/**
	 * The number of a fact that is not known.
	 */
	static final long UNKNOWN = -1;

	/**
	 * Returns the sight of a view.
	 * @param before the sight before; null where it is the first one
	 */
	static Sight of(GroupView view, @Nullable Sight before) {
		Map<String, Long> handled = new HashMap<>((before != null) ? before.handled : Map.of());
		view.members().forEach((name, member) -> {
			if (member.handled() != null) {
				handled.put(name, member.handled().count());
			}
		});
		return new Sight(view, handled);
	}

	/**
	 * Whether it shows the present state of the group: the cluster answers, and the
	 * members may be seen.
	 */
	boolean isCurrent() {
		return this.view.broker().state() == BrokerState.UP && this.view.group() != null
				&& !this.view.group().snapshot().membersHidden();
	}

	/**
	 * Returns the number of the condition's fact, {@link #UNKNOWN} where it is not known;
	 * 1 where a fact about one member holds, else 0.
	 * @param since the sight from which on facts that rise are counted
	 */
	long observe(BoardCondition condition, Sight since) {
		return switch (condition.fact()) {
			case MEMBERS -> this.view.members().size();
			case PARTITIONS -> partitions().count();
			case IDLE -> this.view.members()
				.values()
				.stream()
				.map(MemberView::snapshot)
				.filter(GroupSnapshot.Member::idle)
				.count();
			case OWNED -> owners().count();
			case OWNERS -> owners().distinct().count();
			case LAG -> partitions().anyMatch(GroupSnapshot.Partition::lagIsUnknown) ? UNKNOWN
					: partitions().mapToLong(GroupSnapshot.Partition::knownLag).sum();
			case HANDLED -> this.handled.keySet().stream().mapToLong((name) -> handledBy(name, since)).sum();
			case HANDLERS -> this.handled.keySet().stream().filter((name) -> handledBy(name, since) > 0).count();
			case MOVED -> partitions().filter((partition) -> hasMoved(partition, since)).count();
			case REBALANCES -> rebalancesAfter(since.view.now());
			case MEMBER, GONE ->
				(this.view.members().containsKey(condition.member()) == (condition.fact() == Fact.MEMBER)) ? 1 : 0;
		};
	}

	/**
	 * The partitions of the topic that the group is expected to read.
	 */
	private Stream<GroupSnapshot.Partition> partitions() {
		return this.view.partitions()
			.values()
			.stream()
			.map(PartitionView::snapshot)
			.filter((partition) -> this.view.source().expectedTopic().map(partition.topic()::equals).orElse(true));
	}

	private Stream<String> owners() {
		return partitions().map(GroupSnapshot.Partition::owner).filter(Objects::nonNull);
	}

	private long handledBy(String member, Sight since) {
		return this.handled.getOrDefault(member, 0L) - since.handled.getOrDefault(member, 0L);
	}

	private static boolean hasMoved(GroupSnapshot.Partition partition, Sight since) {
		PartitionView before = since.view.partitions().get(partition.name());
		return before != null && before.snapshot().owner() != null && partition.owner() != null
				&& !partition.owner().equals(before.snapshot().owner());
	}

	private long rebalancesAfter(Instant begin) {
		return this.view.timeline()
			.rebalances()
			.values()
			.stream()
			.filter((rebalance) -> !rebalance.open() && !rebalance.at().isBefore(begin))
			.count();
	}

}
