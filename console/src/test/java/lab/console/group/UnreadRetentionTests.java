package lab.console.group;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.UnreadRetention.Found;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A topic that keeps its records for ten hours, and a log with a record every hour.
 */
class UnreadRetentionTests {

	private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

	private static final Duration KEPT = Duration.ofHours(10);

	private static final TopicPartition PARTITION = new TopicPartition("t", 0);

	/** The offsets by their time. */
	private final TreeMap<Instant, Long> log = new TreeMap<>();

	private int requests;

	UnreadRetentionTests() {
		for (long offset = 0; offset < 12; offset++) {
			this.log.put(NOW.minus(Duration.ofHours(12 - offset)), offset);
		}
	}

	@Test
	void theAgeOfTheOldestUnreadRecordTellsWhenItMayBeDeleted() {
		assertThat(deletable(8, KEPT)).as("four hours old: not worth a word").isEmpty();
		assertThat(deletable(12, KEPT)).as("everything is read").isEmpty();
		assertThat(deletable(5, KEPT)).containsOnlyKeys(PARTITION);
		assertThat(deletable(5, KEPT).get(PARTITION)).as("seven hours old")
			.isBetween(NOW.plus(Duration.ofHours(3)).minusSeconds(120), NOW.plus(Duration.ofHours(3)));
		assertThat(deletable(0, KEPT).get(PARTITION)).as("twelve hours old: overdue").isEqualTo(NOW);
	}

	@Test
	void onlyRecordsPastHalfOfTheirTimeTakeMoreThanOneRequest() {
		deletable(8, KEPT);
		assertThat(this.requests).isOne();
	}

	@Test
	void aTopicThatKeepsItsRecordsForeverDeletesNone() {
		assertThat(Retention.of("compact", 600_000, 1000)).isEqualTo(new Retention(null, null));
		assertThat(Retention.of("delete", -1, -1)).isEqualTo(new Retention(null, null));
		assertThat(Retention.of("compact,delete", 600_000, 1000)).isEqualTo(new Retention(600_000L, 1000L));
		assertThat(of(0, Map.of("t", new Retention(null, 1000L))).deletable()).isEmpty();
		assertThat(of(0, Map.of()).deletable()).as("its configs may not be read").isEmpty();
		assertThat(this.requests).isZero();
	}

	@Test
	void aPartitionWhoseLeaderDoesNotTellIsLeftOut() {
		assertThat(
				UnreadRetention.of(group(0), Map.of("t", new Retention(1000L, null)), (asked) -> Map.of()).deletable())
			.isEmpty();
	}

	private Map<TopicPartition, Instant> deletable(long committed, Duration kept) {
		return of(committed, Map.of("t", new Retention(kept.toMillis(), null))).deletable();
	}

	private UnreadRetention of(long committed, Map<String, Retention> topics) {
		return UnreadRetention.of(group(committed), topics, this::firstSince);
	}

	private static GroupSnapshot group(long committed) {
		return new GroupSnapshot(NOW, "product", "Stable", "Consumer", null, 1, 1, List.of(),
				List.of(new Partition("t", 0, 1, committed, 12, "product1")));
	}

	private Map<TopicPartition, Found> firstSince(Map<TopicPartition, Instant> asked) {
		this.requests++;
		Map<TopicPartition, Found> told = new HashMap<>();
		asked.forEach((partition, since) -> {
			Map.Entry<Instant, Long> found = this.log.ceilingEntry(since);
			told.put(partition, (found != null) ? new Found(found.getValue(), found.getKey()) : Found.NONE);
		});
		return told;
	}

}
