package lab.console.watch.screen;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import lab.console.group.Verdict.Level;
import lab.console.instance.InstanceState.State;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.Broker.BrokerState;
import lab.console.watch.GroupView.FeedEntry;
import lab.console.watch.GroupView.StateFrom;
import lab.console.watch.Rebalance;
import org.jspecify.annotations.Nullable;

/**
 * What happened last, as the page tells it beside the verdict in its {@code last.js}.
 */
final class LastText {

	private static final Duration SHOWN = Duration.ofMinutes(5);

	/** What is older is told in one line, with its age. */
	private static final Duration FRESH = Duration.ofSeconds(30);

	private static final Pattern LEADING = Pattern
		.compile("event\\.(broker|connection|cluster|died|grown|paused|resumed|leader|slowed).*");

	/**
	 * Verdicts on partitions that a broker keeps from being read: worse than what a
	 * rebalance did before.
	 */
	private static final Pattern UNREAD = Pattern.compile("verdict\\.(end-unknown|no-leader)");

	private final GroupView view;

	private final ViewWords words;

	private final RebalanceText rebalances;

	private final @Nullable Rebalance rebalance;

	/** What happened after the last rebalance; null where nothing did. */
	private final @Nullable FeedEntry event;

	/**
	 * A line of text.
	 *
	 * @param level null for an unexceptional one
	 */
	record ToldLine(String text, @Nullable Level level) {
	}

	LastText(GroupView view, ViewWords words) {
		this.view = view;
		this.words = words;
		this.rebalances = new RebalanceText(view, words);
		this.rebalance = this.rebalances.newestFirst().findFirst().orElse(null);
		Instant over = (this.rebalance != null) ? this.rebalance.until() : Instant.MIN;
		this.event = view.feed()
			.values()
			.stream()
			.filter((entry) -> leads(entry.key()) && !entry.at().isBefore(over))
			.reduce((one, other) -> other.at().isBefore(one.at()) ? one : other)
			.orElse(null);
	}

	/**
	 * Whether an event is told as a rebalance is.
	 */
	static boolean leads(String key) {
		return LEADING.matcher(key).matches();
	}

	/**
	 * The newest of what happened; while partitions wait for a member that sends no
	 * heartbeats, that first.
	 */
	List<ToldLine> lines() {
		List<ToldLine> lines = new ArrayList<>();
		String waiting = waiting();
		if (!waiting.isEmpty()) {
			lines.add(new ToldLine(waiting, Level.BAD));
		}
		String toStart = toStart();
		if (!toStart.isEmpty()) {
			lines.add(new ToldLine(toStart, Level.BAD));
		}
		if (this.event != null) {
			String told = this.words.timeOfDay(this.event.at()) + ViewWords.DOT + this.words.ago(age(this.event.at()))
					+ ViewWords.DOT + this.words.sentence(this.event.key(), this.event.values());
			boolean now = waiting.isEmpty()
					&& (isFresh(this.event.at()) || this.view.broker().state() != BrokerState.UP);
			lines.add(new ToldLine(told, now ? this.event.level() : null));
		}
		if (this.rebalance != null) {
			boolean newest = waiting.isEmpty() && this.event == null
					&& !UNREAD.matcher(this.view.verdict().key()).matches();
			rebalance(this.rebalance, newest, lines);
		}
		else if (this.event == null) {
			this.view.timeline()
				.states()
				.stream()
				.findFirst()
				.map(StateFrom::at)
				.ifPresent((since) -> lines.add(new ToldLine(none(since), null)));
		}
		return lines;
	}

	private void rebalance(Rebalance last, boolean newest, List<ToldLine> lines) {
		String outcome = this.rebalances.outcome(last);
		String why = this.words.timeOfDay(last.at()) + " " + this.rebalances.causes(last);
		if (newest && (last.open() || isFresh(last.until()))) {
			lines.add(new ToldLine(outcome, null));
			lines.add(new ToldLine(why, null));
		}
		else {
			lines.add(new ToldLine(this.words.say("board.last.ago", this.words.ago(age(last.until()))) + " " + why
					+ ViewWords.DOT + outcome, null));
		}
	}

	/**
	 * The lab's brokers that do not run, while none answers.
	 */
	private String toStart() {
		if (this.view.broker().state() == BrokerState.UP) {
			return "";
		}
		return this.view.instances()
			.entrySet()
			.stream()
			.filter((instance) -> instance.getKey().startsWith("kafka")
					&& Set.of(State.STOPPED, State.PAUSED).contains(instance.getValue().state()))
			.map((instance) -> this.words.say("board.broker." + instance.getValue().state(), instance.getKey()))
			.sorted()
			.collect(Collectors.joining(ViewWords.DOT));
	}

	private String waiting() {
		List<String> told = new ArrayList<>();
		for (GroupView.MemberView member : this.view.members().values()) {
			Instant since = member.silentSince();
			List<String> assigned = member.snapshot().assigned();
			if (since != null && !assigned.isEmpty()) {
				told.add(this.words.say("board.last.waiting", this.words.partitions(assigned),
						Math.max(0, age(since).toSeconds())));
			}
		}
		return String.join(ViewWords.DOT, told);
	}

	private String none(Instant since) {
		Instant shown = this.view.now().minus(SHOWN);
		return since.isBefore(shown) ? this.words.say("board.rebalances.none", this.words.timeOfDay(shown))
				: this.words.say("board.rebalances.none-yet", this.words.timeOfDay(since));
	}

	private boolean isFresh(Instant at) {
		return age(at).compareTo(FRESH) < 0;
	}

	private Duration age(Instant at) {
		return Duration.between(at, this.view.now());
	}

}
