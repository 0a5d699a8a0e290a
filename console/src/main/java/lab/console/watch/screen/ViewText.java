package lab.console.watch.screen;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupTables;
import lab.console.group.GroupTables.Column;
import lab.console.group.GroupTimings;
import lab.console.group.Verdict;
import lab.console.group.Verdict.Level;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal.Style;
import lab.console.watch.AssignmentChange;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.Broker;
import lab.console.watch.GroupView.DeadLetters;
import lab.console.watch.GroupView.MemberView;
import lab.console.watch.GroupView.PartitionView;
import lab.console.watch.GroupView.RecordView;
import lab.console.watch.Rebalance;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;

/**
 * A view in words and tables.
 */
@RequiredArgsConstructor
final class ViewText {

	/**
	 * A snapshot that is older is said to be old.
	 */
	private static final Duration MAX_AGE = Duration.ofSeconds(3);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

	private final Messages messages;

	private final ZoneId zone;

	/**
	 * The sentence, after a sign that says its level where there are no colors.
	 */
	String verdict(Verdict verdict) {
		String sign = switch (verdict.level()) {
			case OK -> "✔";
			case NOTE -> "●";
			case WAIT -> "…";
			case BAD -> "✖";
		};
		return sign + " " + verdict.sentence(this.messages);
	}

	static Style style(Level level) {
		return switch (level) {
			case OK -> Style.GREEN;
			case NOTE -> Style.CYAN;
			case WAIT -> Style.YELLOW;
			case BAD -> Style.RED;
		};
	}

	/**
	 * The cluster and the group.
	 */
	List<ScreenRow> facts(GroupView view) {
		List<ScreenRow> facts = new ArrayList<>();
		Broker broker = view.broker();
		facts.add(
				new ScreenRow(
						this.messages.get("watch.broker", view.source().bootstrapServer(), broker.state(),
								time(broker.since())) + ((broker.problem() != null) ? " " + broker.problem() : ""),
						null));
		GroupView.GroupFacts known = view.group();
		if (known == null) {
			return facts;
		}
		GroupSnapshot group = known.snapshot();
		List<String> told = new ArrayList<>();
		told.add(this.messages.get("status.group", view.source().group(), group.state()));
		add(told, "status.protocol", group.protocol());
		add(told, "status.kind", group.otherKind() ? group.protocolType() : null);
		add(told, "status.assignor", group.assignor());
		add(told, "status.epoch", group.groupEpoch());
		if (!Objects.equals(group.groupEpoch(), group.assignmentEpoch())) {
			add(told, "watch.assignment-epoch", group.assignmentEpoch());
		}
		add(told, "watch.generation", known.generation());
		GroupTimings timings = known.timings();
		if (timings != null) {
			add(told, "watch.heartbeat", timings.heartbeatMs());
			add(told, "watch.session", timings.sessionMs());
			add(told, "watch.lock", timings.lockMs());
		}
		boolean unknown = group.state().equals(GroupState.DEAD.toString());
		facts.add(new ScreenRow(
				unknown ? this.messages.get("status.unknown", view.source().group()) : String.join(", ", told), null));
		Duration age = Duration.between(group.at(), view.now());
		if (age.compareTo(MAX_AGE) > 0) {
			facts.add(new ScreenRow(this.messages.get("watch.stale", age.toSeconds()), Style.YELLOW));
		}
		DeadLetters letters = view.deadLetters();
		if (letters != null) {
			facts.add(new ScreenRow(this.messages.get("dlt.total", letters.topic(), letters.total(), letters.open()),
					null));
		}
		return facts;
	}

	private void add(List<String> told, String key, @Nullable Object value) {
		if (value != null) {
			told.add(this.messages.get(key, value));
		}
	}

	/**
	 * The partitions, the members, the last rebalances and the feed, those that are empty
	 * left out.
	 */
	List<ScreenSection> sections(GroupView view) {
		return Stream.of(partitions(view), members(view), rebalances(view), feed(view))
			.filter((section) -> !section.rows().isEmpty())
			.toList();
	}

	private ScreenSection partitions(GroupView view) {
		Collection<PartitionView> partitions = view.partitions().values();
		boolean records = partitions.stream().anyMatch((partition) -> partition.records() != null);
		boolean shared = partitions.stream().anyMatch((partition) -> partition.snapshot().readers() != null);
		List<Column<PartitionView>> columns = Stream
			.of(GroupTables.name(), GroupTables.readBy(shared), GroupTables.committed(shared), GroupTables.end(),
					GroupTables.lag())
			.map((column) -> column.of(PartitionView::snapshot))
			.collect(Collectors.toCollection(ArrayList::new));
		columns.add(new Column<>(records ? this.messages.get("watch.records") : "", ViewText::cells));
		return section(GroupTables.of(partitions, columns), partitions,
				(partition) -> partition.snapshot().readBy().isEmpty() ? Style.YELLOW : null);
	}

	private static String cells(PartitionView partition) {
		return Objects.requireNonNullElse(partition.records(), List.<RecordView>of())
			.stream()
			.map((record) -> isHandled(record, partition.snapshot()) ? "■" : "□")
			.collect(Collectors.joining());
	}

	private static boolean isHandled(RecordView record, GroupSnapshot.Partition partition) {
		Long counted = (partition.lastStable() != null) ? partition.lastStable() : partition.end();
		return record.by() != null || partition.committed() != null && record.offset() < partition.committed()
		// the start offset of a share group moves only when the next record is
		// acknowledged
				|| partition.lag() != null && partition.lag() == 0 && counted != null && record.offset() < counted;
	}

	private ScreenSection members(GroupView view) {
		List<Member> members = view.members().values().stream().map(MemberView::snapshot).toList();
		return section(GroupTables.members(members, this::owns), members,
				(member) -> member.idle() ? Style.CYAN : null);
	}

	private String owns(Member member) {
		if (member.idle()) {
			return this.messages.get("watch.idle");
		}
		String assigned = listed(member.assigned());
		if (member.target() == null || member.target().equals(member.assigned())) {
			return assigned;
		}
		String target = listed(member.target());
		return member.assigned().isEmpty() ? this.messages.get("status.coming", target)
				: this.messages.get("watch.target", assigned, target);
	}

	private static <T> ScreenSection section(Table table, Collection<T> things, Function<T, @Nullable Style> style) {
		Iterator<String> lines = table.lines().iterator();
		String title = lines.next();
		return new ScreenSection(title,
				things.stream().map((thing) -> new ScreenRow(lines.next(), style.apply(thing))).toList(), "watch.more");
	}

	private ScreenSection rebalances(GroupView view) {
		List<ScreenRow> rows = new ArrayList<>();
		newestFirst(view.timeline().rebalances().values()).forEach((rebalance) -> {
			rows.add(new ScreenRow(time(rebalance.at()) + "  "
					+ rebalance.causes()
						.stream()
						.map((cause) -> this.messages.get(cause.observed() ? "watch.observed" : "watch.inferred",
								this.messages.get(cause.key(), cause.values().toArray())))
						.collect(Collectors.joining("; ")),
					null));
			rows.add(new ScreenRow("          " + outcome(rebalance), Style.DIM));
		});
		return new ScreenSection(this.messages.get("watch.rebalances"), rows, null);
	}

	private String outcome(Rebalance rebalance) {
		List<String> told = new ArrayList<>();
		Stream.concat(rebalance.moved().stream(), rebalance.added().stream()).forEach((partition) -> {
			String change = "%s: %s → %s".formatted(partition,
					rebalance.before().getOrDefault(partition, GroupTables.NONE), rebalance.after().get(partition));
			Long stood = rebalance.stood().get(partition);
			told.add((stood != null) ? this.messages.get("watch.stood", change, stood) : change);
		});
		rebalance.before()
			.keySet()
			.stream()
			.filter((partition) -> !rebalance.after().containsKey(partition))
			.forEach((partition) -> told.add("%s: %s → -".formatted(partition, rebalance.before().get(partition))));
		if (rebalance.allStood() != null && !rebalance.before().isEmpty()) {
			told.add(this.messages.get("watch.all-stood", rebalance.allStood() / 1000));
		}
		if (!rebalance.kept().isEmpty()) {
			told.add(this.messages.get("watch.kept", rebalance.kept().size()));
		}
		if (rebalance.source() == AssignmentChange.Origin.INFERRED) {
			told.add(this.messages.get("watch.polled"));
		}
		if (rebalance.open()) {
			told.add(this.messages.get("watch.open"));
		}
		return String.join("; ", told);
	}

	private ScreenSection feed(GroupView view) {
		return new ScreenSection(this.messages.get("watch.feed"),
				newestFirst(inOrder(view.feed().values()))
					.map((entry) -> new ScreenRow(entry(entry),
							(entry.level() == Level.OK || entry.level() == Level.NOTE) ? null : style(entry.level())))
					.toList(),
				null);
	}

	/**
	 * By the time when it happened: what members publish comes later than what snapshots
	 * show.
	 */
	static List<GroupView.FeedEntry> inOrder(Collection<GroupView.FeedEntry> entries) {
		return entries.stream().sorted(Comparator.comparing(GroupView.FeedEntry::at)).toList();
	}

	String entry(GroupView.FeedEntry entry) {
		return time(entry.at()) + "  " + this.messages.get(entry.key(), entry.values().toArray());
	}

	private static <T> Stream<T> newestFirst(Collection<T> ascending) {
		List<T> list = new ArrayList<>(ascending);
		Collections.reverse(list);
		return list.stream();
	}

	private String time(Instant at) {
		return TIME.format(at.atZone(this.zone));
	}

	private static String listed(List<String> partitions) {
		return partitions.isEmpty() ? GroupTables.NONE : String.join(", ", partitions);
	}

	/**
	 * A line before it is cut.
	 *
	 * @param style null for an unexceptional one
	 */
	record ScreenRow(String text, @Nullable Style style) {
	}

	/**
	 * A title, and rows below it.
	 *
	 * @param rest the key of the line in the place of rows that do not fit; null where
	 * they are simply left out
	 */
	record ScreenSection(String title, List<ScreenRow> rows, @Nullable String rest) {

		List<ScreenRow> first(int number, Messages messages) {
			if (number >= this.rows.size() || this.rest == null) {
				return this.rows.subList(0, Math.min(number, this.rows.size()));
			}
			// rows with a style are the exceptional ones
			List<ScreenRow> shown = new ArrayList<>(this.rows.stream()
				.sorted(Comparator.comparing((row) -> row.style() == null))
				.limit(number - 1)
				.toList());
			shown.add(new ScreenRow(messages.get(this.rest, this.rows.size() - shown.size()), Style.DIM));
			return shown;
		}

	}

}
