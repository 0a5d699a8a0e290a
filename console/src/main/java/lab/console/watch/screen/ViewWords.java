package lab.console.watch.screen;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import lab.console.group.GroupTables;
import lab.console.terminal.Messages;
import lab.console.watch.GroupView;

/**
 * Names and times as the page writes them, in its {@code words.js}.
 *
 * @param named the partitions
 * @param oneTopic whether a partition is named by its number alone
 */
record ViewWords(Messages messages, ZoneId zone, Set<String> named, boolean oneTopic) {

	/** Between facts in one line. */
	static final String DOT = " · ";

	private static final Pattern NAME = Pattern.compile("[\\w.-]+");

	private static final Pattern PARTITION = Pattern.compile(".*-(\\d+)");

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

	/**
	 * Partitions are named as Kafka does where there are several topics, or the group is
	 * not the lab's.
	 */
	static ViewWords of(GroupView view, Messages messages, ZoneId zone) {
		return new ViewWords(messages, zone, view.partitions().keySet(),
				view.source().local() && view.partitions()
					.values()
					.stream()
					.map((partition) -> partition.snapshot().topic())
					.distinct()
					.count() < 2);
	}

	String say(String key, Object... values) {
		return this.messages.get(key, values);
	}

	/**
	 * A sentence as the view has it: a key and its values.
	 */
	String sentence(String key, List<String> values) {
		return say(key, values.stream().map(this::withShortNames).toArray());
	}

	private String withShortNames(String value) {
		return NAME.matcher(value)
			.replaceAll((name) -> Matcher
				.quoteReplacement(this.named.contains(name.group()) ? partition(name.group()) : name.group()));
	}

	/**
	 * As in {@code P0} or {@code orders-0}.
	 */
	String partition(String name) {
		Matcher matcher = PARTITION.matcher(name);
		return (this.oneTopic && matcher.matches()) ? "P" + matcher.group(1) : name;
	}

	/**
	 * The names of partitions, {@link GroupTables#NONE} where there are none.
	 */
	String partitions(Collection<String> names) {
		return names.isEmpty() ? GroupTables.NONE
				: names.stream().map(this::partition).collect(Collectors.joining(", "));
	}

	String timeOfDay(Instant at) {
		return timeOfDay(at, this.zone);
	}

	static String timeOfDay(Instant at, ZoneId zone) {
		return TIME.format(at.atZone(zone));
	}

	/**
	 * A time in seconds, from a tenth on.
	 */
	String inSeconds(long milliseconds) {
		return say("board.seconds",
				String.format(Locale.ROOT, (milliseconds < 10_000) ? "%.1f" : "%.0f", milliseconds / 1000.0));
	}

	/**
	 * With one decimal place where it is not 0.
	 */
	String number(double number) {
		return (number == Math.rint(number)) ? String.valueOf((long) number) : String.valueOf(number);
	}

	/**
	 * How long something takes, in seconds or minutes.
	 */
	String lasts(Duration time) {
		long seconds = Math.round(time.toMillis() / 1000.0);
		return (seconds < 120) ? say("board.seconds", Math.max(1, seconds))
				: say("board.minutes", Math.round(seconds / 60.0));
	}

	/**
	 * How long ago something was.
	 */
	String ago(Duration age) {
		return (age.toSeconds() < 5) ? say("board.ago.now") : say("board.ago", lasts(age));
	}

}
