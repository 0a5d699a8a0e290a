package lab.console.watch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import lab.console.events.OrderHandled;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.WatchedGroup;
import lab.console.watch.GroupView.RecordView;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RecordsTests {

	private static final Instant NOW = Instant.parse("2026-11-01T09:00:00Z");

	private final List<Repetition> again = new ArrayList<>();

	private final Records records = new Records(new WatchedGroup("localhost:9092", "product", "t", true),
			this.again::add);

	@Test
	void areKeptAndShownOnceWhileTheirPartitionHasNoLeader() {
		read(0, 1, 2);
		this.records.forgetDeleted(snapshot(partition(null, null)));
		assertThat(offsets()).containsExactly(0L, 1L, 2L);
		// the leader is back
		this.records.forgetDeleted(snapshot(partition(1, 3L)));
		read(0, 1, 2, 3);
		assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L);
	}

	@Test
	void areForgottenWhenTheirTopicWasDeletedOrCreatedAgain() {
		read(0, 1, 2);
		this.records.forgetDeleted(snapshot(partition(1, 1L)));
		assertThat(offsets()).isEmpty();
		read(0, 1);
		this.records.forgetDeleted(snapshot());
		assertThat(this.records.of(partition(1, 2L))).isNull();
	}

	/**
	 * product1 handles offset 1 and dies before it commits; product2 handles it again.
	 * Its producer sends the event of offset 2 twice.
	 */
	@Test
	void haveAllWhoHandledThemAndSayThatOneWasHandledAgain() {
		read(0, 1, 2);
		handled("product1", 0, 10);
		handled("product1", 1, 11);
		handled("product2", 1, 16);
		handled("product2", 2, 17);
		handled("product2", 2, 17);

		assertThat(this.records.of(partition(1, 3L))).extracting(RecordView::by, RecordView::before)
			.containsExactly(tuple("product1", null), tuple("product2", List.of("product1")), tuple("product2", null));
		assertThat(this.again).containsExactly(new Repetition(NOW.plusSeconds(16), new TopicPartition("t", 0), 1));
		assertThat(this.again.get(0).record()).isEqualTo("t-0@1");
	}

	private void handled(String instance, long offset, int second) {
		this.records.addHandled(new OrderHandled("id", "tea", instance, 0, offset, NOW.plusSeconds(second), false));
	}

	private void read(long... offsets) {
		for (long offset : offsets) {
			this.records.add(new ConsumerRecord<>("t", 0, offset, NOW.minusSeconds(60).toEpochMilli(),
					TimestampType.CREATE_TIME, 0, 3, new byte[0], "tea".getBytes(StandardCharsets.UTF_8),
					new RecordHeaders(), Optional.empty()));
		}
	}

	private List<Long> offsets() {
		List<RecordView> shown = this.records.of(partition(1, 3L));
		assertThat(shown).isNotNull();
		return shown.stream().map(RecordView::offset).toList();
	}

	private static GroupSnapshot snapshot(Partition... partitions) {
		return new GroupSnapshot(NOW, "product", "Stable", "Consumer", "uniform", 1, 1, List.of(), List.of(partitions));
	}

	private static Partition partition(@Nullable Integer leader, @Nullable Long end) {
		return new Partition("t", 0, leader, null, 0L, end, null, null, null, null);
	}

}
