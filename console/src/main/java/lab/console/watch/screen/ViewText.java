package lab.console.watch.screen;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

	private static final String OLDEST = "OLDEST";

	private final Messages messages;

	private final ZoneId zone;

	/**
	 * The sentence, after a sign that says its level where there are no colors.
	 */
	String verdict(GroupView view) {
		Verdict verdict = view.verdict();
		String sign = switch (verdict.level()) {
			case OK -> "✔";
			case NOTE -> "●";
			case WAIT -> "…";
			case BAD -> "✖";
		};
		return sign + " " + words(view).sentence(verdict.key(), verdict.values());
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
	 * What happened last and what it cost, as beside the page's verdict.
	 */
	List<ScreenRow> last(GroupView view) {
		return new LastText(view, words(view)).lines()
			.stream()
			.map((line) -> new ScreenRow(line.text(), (line.level() != null) ? style(line.level()) : null))
			.toList();
	}

	private ViewWords words(GroupView view) {
		return ViewWords.of(view, this.messages, this.zone);
	}

	/**
	 * The cluster and the group, with what seldom changes.
	 */
	List<ScreenRow> facts(GroupView view) {
		List<ScreenRow> facts = new ArrayList<>();
		Broker broker = view.broker();
		facts.add(new ScreenRow(this.messages.get("watch.broker", view.source().bootstrapServer(), broker.state(),
				words(view).timeOfDay(broker.since())) + ((broker.problem() != null) ? " " + broker.problem() : ""),
				null));
		GroupView.GroupFacts known = view.group();
		if (known == null) {
			return facts;
		}
		GroupSnapshot group = known.snapshot();
		boolean unknown = group.state().equals(GroupState.DEAD.toString());
		facts.add(new ScreenRow(
				unknown ? this.messages.get("status.unknown", view.source().group()) : constants(view, known), null));
		Duration age = Duration.between(group.at(), view.now());
		if (age.compareTo(MAX_AGE) > 0) {
			facts.add(new ScreenRow(this.messages.get("watch.stale", age.toSeconds()), Style.YELLOW));
		}
		facts.add(new ScreenRow(traffic(view), null));
		DeadLetters letters = view.deadLetters();
		if (letters != null) {
			facts.add(new ScreenRow(this.messages.get("dlt.total", letters.topic(), letters.total(), letters.open()),
					null));
		}
		return facts;
	}

	private String constants(GroupView view, GroupView.GroupFacts known) {
		GroupSnapshot group = known.snapshot();
		List<String> told = new ArrayList<>();
		told.add(this.messages.get("status.group", view.source().group(), group.state()));
		add(told, "protocol", group.protocol());
		add(told, "kind", group.otherKind() ? group.protocolType() : null);
		GroupTimings timings = known.timings();
		if (timings != null) {
			add(told, "heartbeat", milliseconds(timings.heartbeatMs()));
			add(told, "session", milliseconds(timings.sessionMs()));
			add(told, "lock", milliseconds(timings.lockMs()));
		}
		add(told, "assignor", group.assignor());
		add(told, "generation", known.generation());
		if (group.groupEpoch() != null) {
			told.add(this.messages.get("board.epoch", group.groupEpoch() + " / "
					+ Objects.requireNonNullElse(group.assignmentEpoch(), GroupTables.NONE)));
		}
		return String.join(ViewWords.DOT, told);
	}

	private void add(List<String> told, String chip, @Nullable Object value) {
		if (value != null) {
			told.add(this.messages.get("board.chip." + chip) + " " + value);
		}
	}

	private @Nullable String milliseconds(@Nullable Long time) {
		return (time != null) ? this.messages.get("board.ms", time) : null;
	}

	/**
	 * How many records there are and come, and how many were handled twice.
	 */
	private String traffic(GroupView view) {
		List<String> told = new ArrayList<>();
		String records = this.messages.get(view.source().local() ? "board.orders" : "board.incoming");
		Long placed = view.traffic().placed();
		Double perSecond = view.traffic().perSecond();
		told.add(records + " " + ((placed != null) ? placed : GroupTables.NONE));
		if (perSecond != null) {
			told.add(this.messages.get("board.rate", words(view).number(perSecond)));
		}
		if (view.timeline().handledAgain() > 0) {
			told.add(this.messages.get("board.rebalance.again", view.timeline().handledAgain()) + lastAgain(view));
		}
		return String.join(ViewWords.DOT, told);
	}

	/**
	 * When records were handled twice last, as far as its rebalance is still known.
	 */
	private String lastAgain(GroupView view) {
		Set<String> again = view.timeline().again().keySet();
		return view.timeline()
			.rebalances()
			.values()
			.stream()
			.map(Rebalance::at)
			.filter((at) -> again.contains(String.valueOf(at.toEpochMilli())))
			.max(Comparator.naturalOrder())
			.map((at) -> ", " + this.messages.get("board.again.last", words(view).timeOfDay(at)))
			.orElse("");
	}

	/**
	 * The partitions, the members, the last rebalances, the lag and the events, in the
	 * page's order, those that are empty left out.
	 * @param roomy whether there is room for the bars of the timeline
	 */
	List<ScreenSection> sections(GroupView view, boolean roomy) {
		ViewWords words = words(view);
		LagText lag = new LagText(view, words);
		return Stream
			.of(partitions(view, words, lag), members(view, words), rebalances(view, words, roomy),
					new ScreenSection(this.messages.get("board.lag.title"),
							lag.lines().stream().map((line) -> new ScreenRow(line, null)).toList(), null),
					feed(view))
			.filter((section) -> !section.rows().isEmpty())
			.toList();
	}

	private ScreenSection partitions(GroupView view, ViewWords words, LagText lag) {
		Collection<PartitionView> partitions = view.partitions().values();
		boolean records = partitions.stream().anyMatch((partition) -> partition.records() != null);
		boolean shared = partitions.stream().anyMatch((partition) -> partition.snapshot().readers() != null);
		List<Column<PartitionView>> columns = new ArrayList<>();
		columns
			.add(new Column<>(GroupTables.name().title(), (partition) -> words.partition(partition.snapshot().name())));
		Stream.of(GroupTables.readBy(shared), GroupTables.committed(shared), GroupTables.end(), GroupTables.lag())
			.map((column) -> column.of(PartitionView::snapshot))
			.forEach(columns::add);
		columns.add(new Column<>(OLDEST,
				(partition) -> (partition.unread() != null) ? lag.waits(partition.unread()) : null));
		columns.add(new Column<>(records ? this.messages.get("watch.records") : "",
				(partition) -> cells(partition) + stalled(partition, view, words)));
		return section(GroupTables.of(partitions, columns).without(OLDEST, GroupTables.NONE), partitions,
				(partition) -> (partition.snapshot().readBy().isEmpty() || partition.stalledSince() != null)
						? Style.YELLOW : null);
	}

	private static String stalled(PartitionView partition, GroupView view, ViewWords words) {
		Instant since = partition.stalledSince();
		return (since != null) ? " " + words.say("board.stalled", words.lasts(Duration.between(since, view.now())))
				: "";
	}

	private static String cells(PartitionView partition) {
		return Objects.requireNonNullElse(partition.records(), List.<RecordView>of())
			.stream()
			.map((record) -> (record.before() != null) ? "▣" : isHandled(record, partition.snapshot()) ? "■" : "□")
			.collect(Collectors.joining());
	}

	private static boolean isHandled(RecordView record, GroupSnapshot.Partition partition) {
		Long counted = (partition.lastStable() != null) ? partition.lastStable() : partition.end();
		return record.by() != null || partition.committed() != null && record.offset() < partition.committed()
		// the start offset of a share group moves only when the next record is
		// acknowledged
				|| partition.lag() != null && partition.lag() == 0 && counted != null && record.offset() < counted;
	}

	private ScreenSection members(GroupView view, ViewWords words) {
		Map<String, MemberView> views = view.members();
		List<Member> members = views.values().stream().map(MemberView::snapshot).toList();
		return section(
				GroupTables.members(members, (member) -> told(Objects.requireNonNull(views.get(member.name())), words)),
				views.values(), ViewText::style);
	}

	private static @Nullable Style style(MemberView member) {
		if (member.silentSince() != null) {
			return Style.RED;
		}
		return member.snapshot().idle() ? Style.CYAN : null;
	}

	/**
	 * What the member owns, as on its card.
	 */
	private String told(MemberView member, ViewWords words) {
		List<String> told = new ArrayList<>();
		told.add(owns(member, words));
		Instant silent = member.silentSince();
		if (silent != null) {
			told.add(this.messages.get("board.silent", words.timeOfDay(silent)));
		}
		GroupView.HandledOrders handled = member.handled();
		if (handled != null) {
			told.add(this.messages.get("board.handled", handled.count()));
		}
		return String.join(ViewWords.DOT, told);
	}

	private String owns(MemberView view, ViewWords words) {
		Member member = view.snapshot();
		GroupView.Sentence why = view.why();
		if (member.idle()) {
			return this.messages.get("board.idle")
					+ ((why != null) ? ViewWords.DOT + words.sentence(why.key(), why.values()) : "");
		}
		String assigned = words.partitions(member.assigned());
		return (member.target() == null || member.target().equals(member.assigned())) ? assigned
				: assigned + " ⇢ " + this.messages.get("board.will-own", words.partitions(member.target()));
	}

	private static <T> ScreenSection section(Table table, Collection<T> things, Function<T, @Nullable Style> style) {
		Iterator<String> lines = table.lines().iterator();
		String title = lines.next();
		return new ScreenSection(title,
				things.stream().map((thing) -> new ScreenRow(lines.next(), style.apply(thing))).toList(), "watch.more");
	}

	private ScreenSection rebalances(GroupView view, ViewWords words, boolean bars) {
		RebalanceText text = new RebalanceText(view, words);
		List<ScreenRow> rows = new ArrayList<>();
		if (bars) {
			new TimelineText(view, words).lines().forEach((line) -> rows.add(new ScreenRow(line, null)));
		}
		text.newestFirst().forEach((rebalance) -> {
			rows.add(new ScreenRow(words.timeOfDay(rebalance.at()) + "  " + text.outcome(rebalance), null));
			rows.add(new ScreenRow("          " + String.join(ViewWords.DOT, text.details(rebalance)), Style.DIM));
		});
		return new ScreenSection(this.messages.get("board.timeline"), rows, null);
	}

	private ScreenSection feed(GroupView view) {
		return new ScreenSection(this.messages.get("board.feed"),
				newestFirst(inOrder(view.feed().values()))
					.map((entry) -> new ScreenRow(entry(entry, view),
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

	String entry(GroupView.FeedEntry entry, GroupView view) {
		ViewWords words = words(view);
		return words.timeOfDay(entry.at()) + "  " + words.sentence(entry.key(), entry.values());
	}

	private static <T> Stream<T> newestFirst(Collection<T> ascending) {
		List<T> list = new ArrayList<>(ascending);
		Collections.reverse(list);
		return list.stream();
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
