package lab.console.watch.screen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.group.GroupTables;
import lab.console.watch.AssignmentChange.Origin;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.HandledAgain;
import lab.console.watch.Rebalance;
import lab.console.watch.Rebalance.Estimate;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * What rebalances did and what they cost, as the page tells it beside the verdict and
 * below its timeline.
 */
@RequiredArgsConstructor
final class RebalanceText {

	/** A standstill may be so much longer than snapshots show. */
	private static final Duration SLACK = Duration.ofSeconds(3);

	/** The page tells of no more changes in one line. */
	private static final int MAX_CHANGES = 2;

	private final GroupView view;

	private final ViewWords words;

	Stream<Rebalance> newestFirst() {
		return this.view.timeline()
			.rebalances()
			.values()
			.stream()
			.sorted(Comparator.comparing(Rebalance::at).reversed());
	}

	/**
	 * What the rebalance did and cost, in one line.
	 */
	String outcome(Rebalance rebalance) {
		List<String> changed = new ArrayList<>(changes(rebalance));
		if (changed.size() > MAX_CHANGES) {
			changed = List.of(this.words.say("board.last.many", changed.size()));
		}
		else if (changed.isEmpty() && !rebalance.open()) {
			changed = List.of(this.words.say("board.last.none"));
		}
		return Stream.concat(changed.stream(), cost(rebalance).stream()).collect(Collectors.joining(ViewWords.DOT));
	}

	private List<String> changes(Rebalance rebalance) {
		return Stream
			.of(rebalance.moved()
				.stream()
				.map((name) -> this.words.say("board.last.moved", this.words.partition(name),
						rebalance.before().getOrDefault(name, GroupTables.NONE),
						rebalance.after().getOrDefault(name, GroupTables.NONE))),
					rebalance.added()
						.stream()
						.map((name) -> this.words.say(isNew(rebalance, name) ? "board.last.added" : "board.last.taken",
								this.words.partition(name), rebalance.after().getOrDefault(name, GroupTables.NONE))))
			.flatMap((told) -> told)
			.toList();
	}

	/**
	 * Whether a partition that is assigned was added to the topic: one that nobody owned
	 * before need not be new.
	 */
	private static boolean isNew(Rebalance rebalance, String partition) {
		return rebalance.causes()
			.stream()
			.filter((cause) -> cause.key().equals("cause.grown"))
			.flatMap((cause) -> cause.values().stream())
			.anyMatch((grown) -> List.of(grown.split(", ")).contains(partition));
	}

	/**
	 * How long the partition stood still, or had no owner, that did so longest, or all
	 * members did, and how many records were handled twice.
	 */
	private List<String> cost(Rebalance rebalance) {
		List<String> told = new ArrayList<>();
		long known = rebalance.stood().values().stream().mapToLong(Long::longValue).max().orElse(0);
		long longest = Math.max(known, rebalance.about().values().stream().mapToLong(Estimate::atMost).max().orElse(0));
		long together = (rebalance.allStood() != null && !rebalance.before().isEmpty()) ? rebalance.allStood() : 0;
		long all = Math.max(together, nobody(rebalance));
		if (all > known && all >= 1000) {
			told.add(this.words.say("board.rebalance.all-stood", all / 1000));
		}
		if (longest > ((all > known) ? all + SLACK.toMillis() : 0)) {
			// what nobody owned before did not stop
			boolean first = rebalance.added().containsAll(rebalance.stood().keySet())
					&& rebalance.added().containsAll(rebalance.about().keySet());
			told.add(this.words.say(first ? "board.rebalance.first" : "board.rebalance.stood",
					this.words.inSeconds(longest)));
		}
		HandledAgain again = again(rebalance);
		if (again != null) {
			told.add(this.words.say("board.rebalance.again", again.count()));
		}
		if (rebalance.open()) {
			told.add(this.words.say("board.rebalance.open"));
		}
		return told;
	}

	/**
	 * For how many milliseconds all members were away, so that nobody owned what the
	 * newcomers then waited for.
	 */
	private static long nobody(Rebalance rebalance) {
		return rebalance.causes()
			.stream()
			.filter((cause) -> cause.key().equals("cause.nobody"))
			.mapToLong((cause) -> 1000 * Long.parseLong(cause.values().get(0)))
			.findFirst()
			.orElse(0);
	}

	private @Nullable HandledAgain again(Rebalance rebalance) {
		return this.view.timeline().again().get(String.valueOf(rebalance.at().toEpochMilli()));
	}

	String causes(Rebalance rebalance) {
		return rebalance.causes()
			.stream()
			.map((cause) -> this.words.sentence(cause.key(), cause.values()))
			.collect(Collectors.joining(ViewWords.DOT));
	}

	/**
	 * The causes, each with how it is known; what stayed; and which records were handled
	 * twice.
	 */
	List<String> details(Rebalance rebalance) {
		List<String> told = new ArrayList<>();
		rebalance.causes()
			.forEach((cause) -> told.add("%s (%s)".formatted(this.words.sentence(cause.key(), cause.values()),
					this.words.say(cause.observed() ? "board.observed" : "board.inferred"))));
		HandledAgain again = again(rebalance);
		if (again != null) {
			told.add(this.words.say("board.again", again.count()) + " "
					+ again.records().stream().map(this::record).collect(Collectors.joining(", "))
					+ ((again.count() > again.records().size()) ? ", …" : ""));
		}
		if (!rebalance.kept().isEmpty()) {
			told.add(this.words.say("board.change.kept") + ": " + this.words.partitions(rebalance.kept()));
		}
		if (rebalance.source() == Origin.INFERRED) {
			told.add(this.words.say("board.source.INFERRED"));
		}
		return told;
	}

	/**
	 * As in {@code P1@105}.
	 */
	private String record(String name) {
		int offset = name.lastIndexOf('@');
		return this.words.partition(name.substring(0, offset)) + name.substring(offset);
	}

}
