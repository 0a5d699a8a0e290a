package lab.console.compare.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import lab.console.compare.measure.HandledRecord;
import lab.console.compare.measure.OwnershipChange;
import lab.console.events.AssignmentChanged;
import lab.console.events.OrderHandled;
import lab.console.events.TopicTail;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the members of a trial publish, in a thread of its own. Events that are not
 * well-formed are skipped. Thread-safe.
 */
final class Recorder implements AutoCloseable {

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private final TopicTail tail;

	private final String handledTopic;

	private final List<HandledRecord> handled = new ArrayList<>();

	private final Set<String> handledIds = new HashSet<>();

	private final List<OwnershipChange> changes = new ArrayList<>();

	private final Thread thread = new Thread(this::read, "recorder");

	private volatile @Nullable Exception failure;

	Recorder(Properties client, String handledTopic, String rebalancesTopic) {
		this.tail = new TopicTail(client, "recorder", 0);
		this.handledTopic = handledTopic;
		this.tail.readAll(List.of(new TopicPartition(handledTopic, 0), new TopicPartition(rebalancesTopic, 0)));
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void read() {
		try (this.tail) {
			while (true) {
				this.tail.poll(POLL_TIMEOUT).forEach(this::record);
			}
		}
		catch (WakeupException | InterruptedException ex) {
			// the recorder was closed
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
	}

	private void record(ConsumerRecord<byte[], byte[]> record) {
		if (record.topic().equals(this.handledTopic)) {
			OrderHandled.parse(record.value()).ifPresent(this::add);
		}
		else {
			AssignmentChanged.parse(record.value()).ifPresent(this::add);
		}
	}

	private synchronized void add(OrderHandled event) {
		this.handledIds.add(event.orderId());
		this.handled.add(new HandledRecord(event.orderId(), event.instance(), event.partition(), event.handledAt()));
	}

	private synchronized void add(AssignmentChanged event) {
		this.changes.add(new OwnershipChange(event.type().jsonName(), event.instance(),
				event.owned().stream().map(TopicPartition::partition).collect(Collectors.toCollection(TreeSet::new)),
				event.at()));
	}

	/**
	 * Returns why nothing more is read; empty as long as events are read.
	 */
	Optional<Exception> failure() {
		return Optional.ofNullable(this.failure);
	}

	synchronized List<HandledRecord> handled() {
		return List.copyOf(this.handled);
	}

	/**
	 * Returns the given number of records that were handled last, or all if there are
	 * fewer.
	 */
	synchronized List<HandledRecord> handled(int latest) {
		return List.copyOf(this.handled.subList(Math.max(0, this.handled.size() - latest), this.handled.size()));
	}

	/**
	 * Returns the number of different records that were handled.
	 */
	synchronized int handledOnce() {
		return this.handledIds.size();
	}

	synchronized List<OwnershipChange> changes() {
		return List.copyOf(this.changes);
	}

	/**
	 * Ends the thread. If it does not end in time, it is left behind as a daemon.
	 */
	@Override
	public void close() {
		this.tail.wakeup();
		try {
			this.thread.join(CLOSE_TIMEOUT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
