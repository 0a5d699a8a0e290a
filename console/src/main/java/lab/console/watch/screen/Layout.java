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

import lab.console.group.Verdict;
import lab.console.group.Verdict.Level;
import lab.console.terminal.DisplayWidth;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import lab.console.terminal.WindowSize;
import lab.console.watch.AssignmentChange;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.Broker;
import lab.console.watch.GroupView.Member;
import lab.console.watch.GroupView.Partition;
import lab.console.watch.Rebalance;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;

/**
 * The board as lines of a terminal: no more than it is high, none wider than it is. A
 * group that is larger is cut where it is dull: partitions that are read, members with
 * work.
 */
@RequiredArgsConstructor
final class Layout {

	private static final String NONE = "-";

	private static final Duration FRESH = Duration.ofSeconds(3);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

	private final Terminal terminal;

	private final Messages messages;

	private final ZoneId zone;

	private record Row(String text, @Nullable Style style) {
	}

	/**
	 * @param rest what stands in the place of rows that do not fit; nothing where the
	 * last ones are simply older
	 */
	private record Section(String title, List<Row> rows, @Nullable String rest) {

		List<Row> first(int number, Messages messages) {
			if (number >= this.rows.size() || this.rest == null) {
				return this.rows.subList(0, Math.min(number, this.rows.size()));
			}
			// coloured ones are those that would be missed
			List<Row> shown = new ArrayList<>(this.rows.stream()
				.sorted(Comparator.comparing((row) -> row.style() == null))
				.limit(number - 1)
				.toList());
			shown.add(new Row(messages.get(this.rest, this.rows.size() - shown.size()), Style.DIM));
			return shown;
		}

	}

	List<String> lines(GroupView view, WindowSize size) {
		List<Row> rows = new ArrayList<>();
		folded(verdict(view.verdict()), size.width())
			.forEach((line) -> rows.add(new Row(line, style(view.verdict().level()))));
		rows.addAll(facts(view));
		List<Section> sections = Stream.of(partitions(view), members(view), rebalances(view), feed(view))
			.filter((section) -> !section.rows().isEmpty())
			.toList();
		// a blank line and the title
		int[] shares = shares(sections, size.height() - rows.size() - 2 * sections.size());
		for (int i = 0; i < sections.size(); i++) {
			if (shares[i] > 0) {
				rows.add(new Row("", null));
				rows.add(new Row(sections.get(i).title(), Style.BOLD));
				rows.addAll(sections.get(i).first(shares[i], this.messages));
			}
		}
		return rows.stream().limit(size.height()).map((row) -> line(row, size.width())).toList();
	}

	/**
	 * Gives the sections a line each in turn, so that a long one leaves room for the
	 * others.
	 */
	private static int[] shares(List<Section> sections, int height) {
		int[] shares = new int[sections.size()];
		int left = height;
		for (boolean given = true; given;) {
			given = false;
			for (int i = 0; i < shares.length; i++) {
				if (left > 0 && shares[i] < sections.get(i).rows().size()) {
					shares[i]++;
					left--;
					given = true;
				}
			}
		}
		return shares;
	}

	/**
	 * What comes from the cluster may hold anything, escape sequences too.
	 */
	private String line(Row row, int width) {
		String text = DisplayWidth.cut(row.text().replaceAll("\\p{Cntrl}", " ").stripTrailing(), width);
		return (row.style() != null) ? this.terminal.style(row.style(), text) : text;
	}

	/**
	 * The one text of which nothing may be cut, in lines of whole words.
	 */
	private static List<String> folded(String text, int width) {
		List<String> lines = new ArrayList<>();
		String line = "";
		for (String word : text.split(" ")) {
			if (!line.isEmpty() && DisplayWidth.of(line + " " + word) > width) {
				lines.add(line);
				// under the words, beside the sign
				line = " ";
			}
			line = line.isEmpty() ? word : line + " " + word;
		}
		lines.add(line);
		return lines;
	}

	/**
	 * The sentence, with a sign for those who see no colours.
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

	private static Style style(Level level) {
		return switch (level) {
			case OK -> Style.GREEN;
			case NOTE -> Style.CYAN;
			case WAIT -> Style.YELLOW;
			case BAD -> Style.RED;
		};
	}

	private List<Row> facts(GroupView view) {
		List<Row> facts = new ArrayList<>();
		Broker broker = view.broker();
		facts.add(new Row(
				this.messages.get("watch.broker", view.source().bootstrapServer(), broker.state(), time(broker.since()))
						+ ((broker.problem() != null) ? " " + broker.problem() : ""),
				null));
		GroupView.Group group = view.group();
		if (group == null) {
			return facts;
		}
		List<String> told = new ArrayList<>();
		told.add(this.messages.get("status.group", view.source().group(), group.state()));
		add(told, "status.protocol", group.protocol());
		add(told, "status.assignor", group.assignor());
		add(told, "status.epoch", group.groupEpoch());
		if (!Objects.equals(group.groupEpoch(), group.assignmentEpoch())) {
			add(told, "watch.assignment-epoch", group.assignmentEpoch());
		}
		add(told, "watch.generation", group.generation());
		add(told, "watch.heartbeat", group.heartbeatMs());
		add(told, "watch.session", group.sessionMs());
		add(told, "watch.lock", group.lockMs());
		boolean unknown = group.state().equals(GroupState.DEAD.toString());
		facts.add(new Row(
				unknown ? this.messages.get("status.unknown", view.source().group()) : String.join(", ", told), null));
		Duration age = Duration.between(group.at(), view.now());
		if (age.compareTo(FRESH) > 0) {
			facts.add(new Row(this.messages.get("watch.stale", age.toSeconds()), Style.YELLOW));
		}
		return facts;
	}

	private void add(List<String> told, String key, @Nullable Object value) {
		if (value != null) {
			told.add(this.messages.get(key, value));
		}
	}

	private Section partitions(GroupView view) {
		boolean records = view.partitions().values().stream().anyMatch((partition) -> partition.records() != null);
		boolean shared = view.partitions().values().stream().anyMatch((partition) -> partition.readers() != null);
		Table table = new Table("PARTITION", shared ? "READERS" : "OWNER", shared ? "START" : "COMMITTED", "END", "LAG",
				records ? this.messages.get("watch.records") : "");
		view.partitions()
			.forEach((name, partition) -> table.row(name, partition.readBy().isEmpty() ? NONE : partition.readBy(),
					orNone(partition.committed()), partition.end(), orNone(partition.lag()), cells(partition)));
		return section(table, view.partitions().values(),
				(partition) -> partition.readBy().isEmpty() ? Style.YELLOW : null);
	}

	private static String cells(Partition partition) {
		return Objects.requireNonNullElse(partition.records(), List.<GroupView.Rec>of())
			.stream()
			.map((record) -> isHandled(record, partition) ? "■" : "□")
			.collect(Collectors.joining());
	}

	private static boolean isHandled(GroupView.Rec record, Partition partition) {
		return record.by() != null || partition.committed() != null && record.offset() < partition.committed()
		// the start offset of a share group follows only with what is settled next
				|| partition.lag() != null && partition.lag() == 0 && record.offset() < partition.end();
	}

	private Section members(GroupView view) {
		Table table = new Table("MEMBER", "GROUP-INSTANCE-ID", "HOST", "EPOCH", "PARTITIONS");
		view.members()
			.forEach((name, member) -> table.row(name, orNone(member.groupInstanceId()), member.host(),
					orNone(member.epoch()), owns(member)));
		return section(table.without("GROUP-INSTANCE-ID", NONE), view.members().values(),
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

	private static <T> Section section(Table table, Collection<T> things, Function<T, @Nullable Style> style) {
		Iterator<String> lines = table.lines().iterator();
		String title = lines.next();
		return new Section(title, things.stream().map((thing) -> new Row(lines.next(), style.apply(thing))).toList(),
				"watch.more");
	}

	private Section rebalances(GroupView view) {
		List<Row> rows = new ArrayList<>();
		newestFirst(view.timeline().rebalances().values()).forEach((rebalance) -> {
			rows.add(new Row(time(rebalance.at()) + "  "
					+ rebalance.causes()
						.stream()
						.map((cause) -> this.messages.get(cause.observed() ? "watch.observed" : "watch.inferred",
								this.messages.get(cause.key(), cause.values().toArray())))
						.collect(Collectors.joining("; ")),
					null));
			rows.add(new Row("          " + outcome(rebalance), Style.DIM));
		});
		return new Section(this.messages.get("watch.rebalances"), rows, null);
	}

	private String outcome(Rebalance rebalance) {
		List<String> told = new ArrayList<>();
		Stream.concat(rebalance.moved().stream(), rebalance.added().stream()).forEach((partition) -> {
			String change = "%s: %s → %s".formatted(partition, orNone(rebalance.before().get(partition)),
					rebalance.after().get(partition));
			Long stood = rebalance.stood().get(partition);
			told.add((stood != null) ? this.messages.get("watch.stood", change, stood) : change);
		});
		rebalance.before()
			.keySet()
			.stream()
			.filter((partition) -> !rebalance.after().containsKey(partition))
			.forEach((partition) -> told.add("%s: %s → -".formatted(partition, rebalance.before().get(partition))));
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

	private Section feed(GroupView view) {
		return new Section(this.messages.get("watch.feed"),
				newestFirst(view.feed().values())
					.map((entry) -> new Row(entry(entry),
							(entry.level() == Level.OK || entry.level() == Level.NOTE) ? null : style(entry.level())))
					.toList(),
				null);
	}

	String entry(GroupView.Entry entry) {
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
		return partitions.isEmpty() ? NONE : String.join(", ", partitions);
	}

	private static String orNone(@Nullable Object value) {
		return (value != null) ? value.toString() : NONE;
	}

}
