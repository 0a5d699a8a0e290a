package lab.console.watch.screen;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import lab.console.group.Unread;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.PartitionView;
import lombok.RequiredArgsConstructor;

/**
 * The lag as a time, as a number, and over the last ten minutes, as the page tells it.
 */
@RequiredArgsConstructor
final class LagText {

	private static final String TOTAL = "total";

	private static final int SECONDS = 600;

	/** Seconds of one sign of the chart. */
	private static final int STEP = 10;

	/** So many seconds tell how fast the lag goes down. */
	private static final int PACE = 15;

	private static final String LEVELS = "▁▂▃▄▅▆▇█";

	private final GroupView view;

	private final ViewWords words;

	/**
	 * Three lines; one where the lag is not known, none before the first snapshot.
	 */
	List<String> lines() {
		SortedMap<Long, Map<String, Long>> samples = this.view.lag();
		if (samples.isEmpty()) {
			return List.of();
		}
		String told = Stream.of(oldest(), caughtUp(samples))
			.filter(Predicate.not(String::isEmpty))
			.collect(Collectors.joining(" "));
		Map<String, Long> last = samples.getOrDefault(samples.lastKey(), Map.of());
		if (last.isEmpty() && told.isEmpty()) {
			return List.of(this.words.say("board.lag.unknown"));
		}
		return List.of(told.isEmpty() ? this.words.say("board.lag.none") : told, now(last), chart(samples));
	}

	/**
	 * How long the record has waited.
	 */
	String waits(Unread unread) {
		return this.words.lasts(Duration.between(unread.since(), this.view.now()));
	}

	private String oldest() {
		String told = "";
		Instant since = Instant.MAX;
		for (PartitionView partition : this.view.partitions().values()) {
			Unread unread = partition.unread();
			if (unread != null && unread.since().isBefore(since)) {
				since = unread.since();
				told = this.words.say(unread.earlier() ? "board.lag.older" : "board.lag.oldest", waits(unread),
						this.words.partition(partition.snapshot().name()));
			}
		}
		return told;
	}

	/**
	 * When nothing waits any more, if it goes on as in the last seconds.
	 */
	private String caughtUp(SortedMap<Long, Map<String, Long>> samples) {
		long second = samples.lastKey();
		long total = samples.getOrDefault(second, Map.of()).getOrDefault(TOTAL, 0L);
		SortedMap<Long, Map<String, Long>> before = samples.headMap(second - PACE + 1);
		Long then = before.isEmpty() ? null : before.getOrDefault(before.lastKey(), Map.of()).get(TOTAL);
		if (total == 0 || then == null) {
			return "";
		}
		double pace = (double) (then - total) / (second - before.lastKey());
		return (pace > 0)
				? this.words.say("board.lag.caught-up",
						this.words.lasts(Duration.ofMillis((long) (1000 * total / pace))))
				: this.words.say("board.lag.not");
	}

	private String now(Map<String, Long> lag) {
		List<String> told = new ArrayList<>();
		told.add(this.words.say("board.lag.total") + " " + lag.getOrDefault(TOTAL, 0L));
		lag.forEach((partition, records) -> {
			if (!partition.equals(TOTAL) && records > 0) {
				told.add(this.words.partition(partition) + " " + records);
			}
		});
		return String.join(ViewWords.DOT, told);
	}

	/**
	 * The total as bars, the newest on the right; a blank where it is not known.
	 */
	private String chart(SortedMap<Long, Map<String, Long>> samples) {
		long end = this.view.now().getEpochSecond() + 1;
		long highest = samples.values().stream().mapToLong((lag) -> lag.getOrDefault(TOTAL, 0L)).max().orElse(0);
		return LongStream.rangeClosed(1, SECONDS / STEP)
			.map((place) -> end - SECONDS + (place - 1) * STEP)
			.mapToObj((from) -> samples.subMap(from, from + STEP)
				.values()
				.stream()
				.filter((lag) -> lag.containsKey(TOTAL))
				.mapToLong((lag) -> lag.get(TOTAL))
				.max())
			.map((lag) -> lag.isEmpty() ? " " : bar(lag.getAsLong(), highest))
			.collect(Collectors.joining("", "", " " + highest));
	}

	private static String bar(long lag, long highest) {
		int level = (highest == 0) ? 0 : (int) Math.ceil((double) lag * (LEVELS.length() - 1) / highest);
		return LEVELS.substring(level, level + 1);
	}

}
