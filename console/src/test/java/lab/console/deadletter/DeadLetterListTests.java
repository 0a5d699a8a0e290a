package lab.console.deadletter;

import java.util.Optional;

import lab.console.deadletter.DeadLetterList.Listing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted of a dead letter topic, as its records are read.
 */
class DeadLetterListTests {

	private final DeadLetterList letters = new DeadLetterList(3, 10);

	@Test
	void countsThoseThatWereReturned() {
		assertThat(add(0, 0)).isTrue();
		assertThat(add(0, 1)).isTrue();
		assertThat(mark(0, 2, 0)).as("a mark is no dead letter").isFalse();
		assertThat(mark(0, 3, 99)).as("a mark of none").isFalse();
		assertThat(listing()).isEqualTo("2 total, 1 open: 0-1, 0-0 returned");
	}

	@Test
	void listsTheNewestOfAllPartitions() {
		add(0, 0);
		add(1, 4);
		add(0, 1);
		add(1, 5);
		mark(1, 6, 4);
		assertThat(listing()).isEqualTo("4 total, 3 open: 1-5, 1-4 returned, 0-1");
	}

	@Test
	void forgetsThoseBeforeTheLastOffsets() {
		for (int offset = 0; offset < 25; offset++) {
			add(0, offset);
		}
		assertThat(listing()).isEqualTo("10 total, 10 open: 0-24, 0-23, 0-22");
		mark(0, 30, 22);
		assertThat(listing()).isEqualTo("4 total, 3 open: 0-24, 0-23, 0-22 returned");
		mark(0, 50, 24);
		assertThat(listing()).isEqualTo("0 total, 0 open: ");
	}

	@Test
	void aPartitionThatIsReadAgainIsNotCountedTwice() {
		for (int time = 0; time < 2; time++) {
			add(0, 3);
			add(0, 4);
			mark(0, 5, 3);
			assertThat(listing()).isEqualTo("2 total, 1 open: 0-4, 0-3 returned");
		}
	}

	@Test
	void forgetsWhatTheTopicNoLongerHas() {
		add(0, 3);
		add(0, 4);
		add(0, 5);
		this.letters.retain(0, 4, 6);
		assertThat(listing()).as("deleted by retention").isEqualTo("2 total, 2 open: 0-5, 0-4");
		this.letters.retain(0, 0, 5);
		assertThat(listing()).as("the topic was made again").isEqualTo("1 total, 1 open: 0-4");
		this.letters.retain(1, 0, 0);
		this.letters.clear();
		assertThat(listing()).isEqualTo("0 total, 0 open: ");
	}

	private String listing() {
		Listing listing = this.letters.listing();
		return "%d total, %d open: %s".formatted(listing.total(), listing.open(),
				String.join(", ",
						listing.newest()
							.stream()
							.map((letter) -> letter.id() + (letter.returned() ? " returned" : ""))
							.toList()));
	}

	private boolean add(int partition, long offset) {
		return this.letters.add(record(partition, offset, "hello".getBytes()));
	}

	private boolean mark(int partition, long offset, long returned) {
		ConsumerRecord<byte[], byte[]> mark = record(partition, offset, null);
		DeadLetter.mark(returned).forEach(mark.headers()::add);
		return this.letters.add(mark);
	}

	/**
	 * Its timestamp rises with the offset.
	 */
	private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, byte @Nullable [] value) {
		return new ConsumerRecord<>("orders-dlt", partition, offset, offset, TimestampType.CREATE_TIME, 0, 0, null,
				value, new RecordHeaders(), Optional.empty());
	}

}
