package lab.console.watch.screen;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.console.terminal.DisplayWidth;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.OwnedFrom;
import lab.console.watch.GroupView.Outage;
import lab.console.watch.GroupView.StateFrom;
import lab.console.watch.Rebalance;
import org.jspecify.annotations.Nullable;

/**
 * The last minutes as bars of text: the state of the group, and what each member owned,
 * with a mark above each rebalance.
 */
final class TimelineText {

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private static final Duration SHORTEST = Duration.ofMinutes(1);

	private static final int CELLS = 60;

	/** Of more members there is only the list of rebalances. */
	private static final int MAX_MEMBERS = 8;

	private static final Pattern QUIET = Pattern.compile("event\\.(died|paused).*");

	private static final Pattern BACK = Pattern.compile("event\\.(started|resumed).*");

	private final GroupView view;

	private final ViewWords words;

	private final Instant from;

	/** The time of a cell. */
	private final Duration step;

	TimelineText(GroupView view, ViewWords words) {
		this.view = view;
		this.words = words;
		GroupView.Timeline timeline = view.timeline();
		Instant begin = Stream
			.of(timeline.states().stream().map(StateFrom::at),
					timeline.lanes().values().stream().flatMap(List::stream).map(OwnedFrom::at),
					timeline.rebalances().values().stream().map(Rebalance::at))
			.flatMap((times) -> times)
			.min(Comparator.naturalOrder())
			.orElse(view.now());
		Duration shown = Duration.between(begin, view.now());
		Duration span = (shown.compareTo(SHORTEST) < 0) ? SHORTEST : (shown.compareTo(LONGEST) > 0) ? LONGEST : shown;
		this.from = view.now().minus(span);
		this.step = span.dividedBy(CELLS);
	}

	/**
	 * A change that lasts until the next.
	 *
	 * @param text empty where nothing is drawn
	 * @param fill of what is left of the bar behind the text
	 */
	private record Part(Instant at, String text, String fill) {
	}

	/**
	 * Puts a cross where the member died: its session goes on until the group removes it.
	 */
	private String withDeaths(String bar, String member) {
		StringBuilder marked = new StringBuilder(bar);
		this.view.feed()
			.values()
			.stream()
			.filter((event) -> event.key().startsWith("event.died") && event.values().contains(member))
			.map(GroupView.FeedEntry::at)
			.filter(Predicate.not(this.from::isAfter))
			.forEach((at) -> {
				int place = place(marked.toString(), cell(at));
				String covered = marked.substring(place, place + 1);
				marked.replace(place, place + 1, DisplayWidth.pad("✕", DisplayWidth.of(covered)));
			});
		return marked.toString();
	}

	/**
	 * Returns where in the bar the cell is drawn: some letters take two cells.
	 */
	private static int place(String bar, int cell) {
		return IntStream.range(0, bar.length() - 1)
			.filter((place) -> DisplayWidth.of(bar.substring(0, place + 1)) > cell)
			.findFirst()
			.orElse(bar.length() - 1);
	}

	private int cell(Instant at) {
		return (int) Math.min(CELLS - 1, Duration.between(this.from, at).toMillis() / this.step.toMillis());
	}

	List<String> lines() {
		GroupView.Timeline timeline = this.view.timeline();
		if (timeline.states().isEmpty() || timeline.lanes().size() > MAX_MEMBERS) {
			return List.of();
		}
		String group = this.words.say("board.group");
		int width = Stream.concat(Stream.of(group), timeline.lanes().keySet().stream())
			.mapToInt(DisplayWidth::of)
			.max()
			.orElse(0) + 2;
		List<String> lines = new ArrayList<>();
		lines.add(DisplayWidth.pad("", width) + marks());
		lines.add(DisplayWidth.pad(group, width)
				+ bar(timeline.states().stream().map((state) -> new Part(state.at(), state.state(), "─")).toList()));
		for (Map.Entry<String, List<OwnedFrom>> lane : timeline.lanes().entrySet()) {
			lines.add(DisplayWidth.pad(lane.getKey(), width)
					+ withDeaths(bar(lane(lane.getKey(), lane.getValue())), lane.getKey()));
		}
		return lines;
	}

	/**
	 * The parts of a member's bar. What it owned when its process ended or was paused is
	 * not read from then on.
	 */
	private List<Part> lane(String member, List<OwnedFrom> changes) {
		List<Part> parts = new ArrayList<>(changes.stream().map(this::part).toList());
		for (GroupView.FeedEntry event : this.view.feed().values()) {
			boolean ends = QUIET.matcher(event.key()).matches();
			if (!event.values().contains(member) || !ends && !BACK.matcher(event.key()).matches()) {
				continue;
			}
			changes.stream()
				.filter((change) -> !change.at().isAfter(event.at()))
				.reduce((first, second) -> second)
				.filter((owned) -> owned.kind() != ChangeKind.GONE && !owned.owned().isEmpty())
				.map((owned) -> ends ? new Part(event.at(), this.words.say("board.not-read"), "╌")
						: new Part(event.at(), part(owned).text(), "─"))
				.ifPresent(parts::add);
		}
		parts.sort(Comparator.comparing(Part::at));
		return parts;
	}

	private Part part(OwnedFrom change) {
		if (change.kind() == ChangeKind.GONE) {
			return new Part(change.at(), "", " ");
		}
		String idle = this.words.say((change.kind() == ChangeKind.WAITING) ? "board.waits" : "board.idle");
		return change.owned().isEmpty() ? new Part(change.at(), idle, "·")
				: new Part(change.at(), this.words.partitions(change.owned()), "─");
	}

	/**
	 * Where rebalances began, after how long ago the bars begin.
	 */
	private String marks() {
		StringBuilder marks = new StringBuilder(" ".repeat(CELLS));
		this.view.timeline()
			.rebalances()
			.values()
			.stream()
			.map(Rebalance::at)
			.filter(Predicate.not(this.from::isAfter))
			.forEach((at) -> marks.replace(cell(at), cell(at) + 1, "▼"));
		return marks.toString();
	}

	/**
	 * Without changes to the same: a rebalance may give a member what it had.
	 */
	private static List<Part> merged(List<Part> changes) {
		List<Part> merged = new ArrayList<>();
		for (Part change : changes) {
			Part last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
			if (last == null || !last.text().equals(change.text()) || !last.fill().equals(change.fill())) {
				merged.add(change);
			}
		}
		return merged;
	}

	private String bar(List<Part> all) {
		List<Part> changes = merged(all);
		StringBuilder bar = new StringBuilder();
		int begin = 0;
		for (int cell = 1; cell <= CELLS; cell++) {
			if (cell == CELLS || !Objects.equals(part(changes, cell), part(changes, begin))) {
				bar.append(drawn(part(changes, begin), cell - begin, begin > 0));
				begin = cell;
			}
		}
		return bar.toString();
	}

	/**
	 * What is to be seen in the middle of the cell's time; null where nothing is known.
	 */
	private @Nullable Part part(List<Part> changes, int cell) {
		Instant at = this.from.plus(this.step.multipliedBy(cell)).plus(this.step.dividedBy(2));
		for (Outage outage : this.view.timeline().outages()) {
			Instant until = outage.until();
			if (!at.isBefore(outage.from()) && (until == null || at.isBefore(until))) {
				return new Part(outage.from(), this.words.say("board.no-data"), "░");
			}
		}
		Part shown = null;
		for (Part change : changes) {
			shown = change.at().isAfter(at) ? shown : change;
		}
		return shown;
	}

	private static String drawn(@Nullable Part part, int width, boolean begins) {
		if (part == null || part.text().isEmpty()) {
			return " ".repeat(width);
		}
		String start = begins ? "│" : "";
		String text = start + part.text();
		if (DisplayWidth.of(text) > width) {
			text = start;
		}
		return text + part.fill().repeat(width - DisplayWidth.of(text));
	}

}
