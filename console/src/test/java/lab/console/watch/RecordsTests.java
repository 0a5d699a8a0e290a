package lab.console.watch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.WatchedGroup;
import lab.console.watch.GroupView.RecordView;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordsTests {

	private static final Instant NOW = Instant.parse("2026-11-01T09:00:00Z");

	private final Records records = new Records(new WatchedGroup("localhost:9092", "product", "t", true));

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
