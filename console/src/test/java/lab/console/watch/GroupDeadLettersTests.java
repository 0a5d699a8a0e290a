package lab.console.watch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import lab.console.group.GroupSnapshot;
import lab.console.group.LogOffsets;
import lab.console.group.WatchedGroup;
import lab.console.terminal.LabOptions;
import lab.console.watch.GroupView.DeadLetters;
import lab.console.watch.GroupView.FeedEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dead letters that the board shows.
 */
class GroupDeadLettersTests {

	private static final Instant LATER = Instant.now().plusSeconds(60);

	private final WatchedGroup lab = new WatchedGroup("localhost:9092", "product", "orders", true);

	private final History history = new History(Commands.of(new LabOptions(), this.lab));

	private final GroupDeadLetters letters = of(this.lab);

	@Test
	void areNullWhereThereAreNone() {
		assertThat(this.letters.view()).as("the topic is not known").isNull();
		assertThat(this.letters.topic(snapshot("orders"))).contains("orders-dlt");
		assertThat(this.letters.view()).isNull();
	}

	@Test
	void areThoseOfTheTopicThatTheGroupReads() {
		assertThat(this.letters.topic(snapshot("orders", "bills"))).as("the expected one").contains("orders-dlt");
		GroupDeadLetters others = of(new WatchedGroup("localhost:9092", "billing", null, false));
		assertThat(others.topic(snapshot("bills"))).contains("bills-dlt");
		others.add(letter(0, "it is empty", LATER));
		assertThat(view(others).total()).isOne();
		assertThat(others.topic(snapshot("orders", "bills"))).as("of which one is not known").isEmpty();
		assertThat(others.view()).isNull();
	}

	@Test
	void aLongCauseIsCut() {
		this.letters.topic(snapshot("orders"));
		this.letters.add(letter(0, "x".repeat(100_000), LATER));
		assertThat(view(this.letters).newest().get("0-0").cause()).hasSize(201).endsWith("x…");
	}

	/**
	 * A cause may quote the record, and those of others may be confidential.
	 */
	@Test
	void thoseOfOthersAreWithoutTheirCauses() {
		GroupDeadLetters others = of(new WatchedGroup("localhost:9092", "billing", "orders", false));
		others.topic(snapshot("orders"));
		others.add(letter(0, "no account 4711", LATER));
		assertThat(view(others).newest().get("0-0").cause()).isNull();
	}

	@Test
	void isTheSameUntilSomethingChanges() {
		this.letters.topic(snapshot("orders"));
		this.letters.add(letter(0, "it is empty", LATER));
		DeadLetters before = view(this.letters);
		assertThat(view(this.letters)).isSameAs(before);
		this.letters.topic(snapshot("orders"));
		assertThat(view(this.letters)).isSameAs(before);
		this.letters.add(letter(1, "it is empty", LATER));
		assertThat(view(this.letters).newest()).containsOnlyKeys("0-0", "0-1");
	}

	@Test
	void saysWhereNotAllAreCounted() {
		this.letters.topic(snapshot("orders"));
		for (int offset = 500; offset < 2000; offset++) {
			this.letters.add(letter(offset, "it is empty", LATER));
		}
		assertThat(view(this.letters).total()).isEqualTo(1000);
		assertThat(view(this.letters).newest()).hasSize(20);
		retain(0, 2000);
		assertThat(view(this.letters).of()).isEqualTo(1000);
		retain(1000, 2000);
		assertThat(view(this.letters).of()).as("all that are still there").isNull();
		retain(1990, 2000);
		assertThat(view(this.letters).total()).isEqualTo(10);
		this.letters.forget();
		assertThat(this.letters.view()).isNull();
	}

	@Test
	void theFeedTellsOfNewOnes() {
		this.letters.topic(snapshot("orders"));
		this.letters.add(letter(0, "it is empty", Instant.now().minusSeconds(60)));
		this.letters.tell(LATER);
		assertThat(this.history.feed()).as("written before the watch began").isEmpty();
		this.letters.add(letter(1, "it is empty", LATER));
		this.letters.add(letter(2, "it is empty", LATER));
		this.letters.tell(LATER);
		this.letters.add(letter(1, "it is empty", LATER));
		this.letters.add(letter(2, "it is empty", LATER));
		this.letters.tell(LATER);
		assertThat(this.history.feed().values()).singleElement()
			.extracting(FeedEntry::key, FeedEntry::values)
			.containsExactly("event.dead-letters", List.of("2", "orders-dlt"));
	}

	private GroupDeadLetters of(WatchedGroup source) {
		return new GroupDeadLetters(source, Commands.of(new LabOptions(), source), this.history);
	}

	private static DeadLetters view(GroupDeadLetters letters) {
		return Optional.ofNullable(letters.view()).orElseThrow();
	}

	private void retain(long start, long end) {
		this.letters.retain(Map.of(new TopicPartition("orders-dlt", 0), new LogOffsets(start, end, end)));
	}

	private static ConsumerRecord<byte[], byte[]> letter(long offset, String cause, Instant at) {
		RecordHeaders headers = new RecordHeaders();
		headers.add("cause", cause.getBytes(StandardCharsets.UTF_8));
		return new ConsumerRecord<>("orders-dlt", 0, offset, at.toEpochMilli(), TimestampType.CREATE_TIME, 0, 0, null,
				null, headers, Optional.empty());
	}

	private static GroupSnapshot snapshot(String... topics) {
		return new GroupSnapshot(Instant.EPOCH, "product", "Stable", "Classic", "range", null, null, List.of(),
				List.of(topics)
					.stream()
					.map((topic) -> new GroupSnapshot.Partition(topic, 0, 1, 0L, 0, null))
					.toList());
	}

}
