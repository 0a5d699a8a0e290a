package lab.console.chaos.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.console.chaos.ledger.HistoryLine;
import lab.console.chaos.ledger.HistoryLine.Deleted;
import lab.console.chaos.ledger.HistoryLine.Entry;
import lab.console.group.Cluster;
import lab.console.terminal.LabOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.requests.DeleteRecordsRequest;

/**
 * Deletes records, as retention does.
 */
final class RecordDeletion {

	private RecordDeletion() {
	}

	/**
	 * Deletes the orders that are in the topic now.
	 * @return the orders, and up to where each partition was deleted
	 */
	static List<HistoryLine> deleteAll(Properties client, Cluster cluster) throws InterruptedException {
		List<Entry> orders = TopicLines.read(client, cluster)
			.stream()
			.filter(Entry.class::isInstance)
			.map(Entry.class::cast)
			.toList();
		Map<Integer, Long> ends = orders.stream()
			.collect(Collectors.toMap(Entry::partition, (order) -> order.offset() + 1, Math::max));
		delete(ends.entrySet()
			.stream()
			.collect(Collectors.toMap((end) -> new TopicPartition(LabOptions.TOPIC, end.getKey()),
					(end) -> RecordsToDelete.beforeOffset(end.getValue()))),
				client);
		Instant now = Instant.now();
		return Stream
			.concat(orders.stream(),
					ends.entrySet().stream().map((end) -> new Deleted(end.getKey(), end.getValue(), now)))
			.map(Function.<HistoryLine>identity())
			.toList();
	}

	/**
	 * Deletes all records of the topics that {@link TopicLines} reads.
	 */
	static void clear(Properties client, Cluster cluster) throws InterruptedException {
		delete(TopicLines.TOPICS.stream()
			.flatMap((topic) -> IntStream.range(0, cluster.topics().partitionCount(topic).orElse(0))
				.mapToObj((number) -> new TopicPartition(topic, number)))
			.collect(Collectors.toMap(Function.identity(),
					(partition) -> RecordsToDelete.beforeOffset(DeleteRecordsRequest.HIGH_WATERMARK))),
				client);
	}

	private static void delete(Map<TopicPartition, RecordsToDelete> records, Properties client)
			throws InterruptedException {
		try (Admin admin = Admin.create(client)) {
			admin.deleteRecords(records).all().get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("the records could not be deleted", ex);
		}
	}

}
