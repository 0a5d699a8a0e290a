package lab.console.watch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import lab.console.events.AssignmentChanged;
import lab.console.events.OrderHandled;
import lab.console.events.TopicTail;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.Topics;
import lab.console.group.WatchedGroup;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics of the watched group and those that its members publish to, and passes
 * on what is written to them. Used by one thread.
 */
@Slf4j
@RequiredArgsConstructor
final class GroupTopics implements AutoCloseable {

	/**
	 * There are at most ten views a second.
	 */
	private static final Duration MIN_PAUSE = Duration.ofMillis(100);

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

	/**
	 * No records are shown where there are more partitions.
	 */
	private static final int MAX_PARTITIONS_WITH_RECORDS = 24;

	/**
	 * How many earlier events of the members, and dead letters, are read.
	 */
	private static final int PAST_EVENTS = GroupDeadLetters.READ;

	/**
	 * Where dead letters begin is asked for once in so many snapshots.
	 */
	private static final int SNAPSHOTS_PER_LOGS = 10;

	private final LabOptions options;

	private final WatchedGroup source;

	private final Records records;

	private final AssignmentChanges changes;

	private final GroupDeadLetters deadLetters;

	/** The partitions whose last records are read. */
	private Set<TopicPartition> tails = Set.of();

	private @Nullable TopicTail tail;

	private boolean mayRead = true;

	private boolean mayReadDeadLetters = true;

	private int snapshots;

	private boolean publishes;

	/**
	 * Whether members of the group publish their assignments.
	 */
	boolean publishes() {
		return this.publishes;
	}

	/**
	 * Has the tail read the partitions of the group and the topics that its members
	 * publish to.
	 */
	void follow(Cluster cluster, GroupSnapshot now) {
		if (!this.mayRead) {
			return;
		}
		this.tails = (now.partitions().size() > MAX_PARTITIONS_WITH_RECORDS) ? Set.of()
				// a consumer would wait for the end offset of one without a leader
				: now.partitions()
					.stream()
					.filter((partition) -> partition.leader() != null)
					.map(GroupSnapshot.Partition::topicPartition)
					.collect(Collectors.toSet());
		TopicPartition handled = new TopicPartition(this.source.handledTopic(), 0);
		TopicPartition rebalances = new TopicPartition(this.source.rebalancesTopic(), 0);
		Set<String> topics = new HashSet<>(Set.of(handled.topic(), rebalances.topic()));
		Optional<String> letters = this.deadLetters.topic(now).filter((topic) -> this.mayReadDeadLetters);
		letters.ifPresent(topics::add);
		Topics.DescribedTopics there = cluster.topics().describe(topics);
		Set<TopicPartition> logs = new HashSet<>(there.leaders().keySet());
		logs.retainAll(Set.of(handled, rebalances));
		List<TopicPartition> deadLetters = there.led()
			.stream()
			.filter((partition) -> letters.equals(Optional.of(partition.topic())))
			.toList();
		logs.addAll(deadLetters);
		compareDeadLetters(cluster, there, letters, deadLetters);
		this.publishes = logs.contains(rebalances);
		if (this.tail == null) {
			this.tail = new TopicTail(Cluster.clientProperties(this.options), "board", Records.SHOWN);
		}
		this.tail.readTails(this.tails, logs, PAST_EVENTS);
	}

	/**
	 * Retention deletes dead letters, and so does deleting the topic.
	 */
	private void compareDeadLetters(Cluster cluster, Topics.DescribedTopics there, Optional<String> topic,
			List<TopicPartition> led) {
		if (there.leaders().keySet().stream().noneMatch((partition) -> topic.equals(Optional.of(partition.topic())))) {
			this.deadLetters.forget();
		}
		else if (this.deadLetters.view() != null && this.snapshots++ % SNAPSHOTS_PER_LOGS == 0) {
			try {
				this.deadLetters.retain(cluster.topics().logs(led));
			}
			catch (LabException ex) {
				log.debug("The start of the dead letter topic is not known; the next snapshot asks again.", ex);
			}
		}
	}

	/**
	 * Reads what was written to the topics.
	 * @param available whether the cluster answers
	 * @param timeout how long to wait where there is nothing
	 * @return whether there was anything
	 */
	boolean read(boolean available, Duration timeout) throws InterruptedException {
		if (this.tail == null || !available) {
			TimeUnit.NANOSECONDS.sleep(timeout.toNanos());
			return false;
		}
		try {
			List<ConsumerRecord<byte[], byte[]>> read = this.tail.poll(timeout);
			read.forEach(this::take);
			if (!read.isEmpty()) {
				// what is written in the meantime becomes part of the same view
				TimeUnit.MILLISECONDS.sleep(MIN_PAUSE.toMillis());
				this.tail.poll(Duration.ZERO).forEach(this::take);
			}
			return !read.isEmpty();
		}
		catch (AuthorizationException ex) {
			// describing a group and reading its topics are authorized apart
			if (ex instanceof TopicAuthorizationException refused && !refused.unauthorizedTopics().isEmpty()
					&& refused.unauthorizedTopics().stream().allMatch(this.deadLetters::isTopic)) {
				this.mayReadDeadLetters = false;
				this.deadLetters.forget();
				// the tail has it until the next snapshot
				TimeUnit.MILLISECONDS.sleep(MIN_PAUSE.toMillis());
				return false;
			}
			this.mayRead = false;
			this.deadLetters.forget();
			this.tail.close();
			this.tail = null;
			return false;
		}
		catch (KafkaException ex) {
			ClusterState.throwIfInterrupted(ex);
			log.debug("The topics could not be read; trying again.", ex);
			TimeUnit.MILLISECONDS.sleep(RETRY_INTERVAL.toMillis());
			return false;
		}
	}

	/**
	 * Anybody may write to the topics: malformed events are skipped.
	 */
	private void take(ConsumerRecord<byte[], byte[]> record) {
		if (record.topic().equals(this.source.rebalancesTopic())) {
			AssignmentChanged.parse(record.value()).ifPresent(this.changes::published);
		}
		else if (record.topic().equals(this.source.handledTopic())) {
			OrderHandled.parse(record.value()).ifPresent(this.records::addHandled);
		}
		else {
			if (this.deadLetters.isTopic(record.topic())) {
				this.deadLetters.add(record);
			}
			// a group may read dead letters, too
			if (this.tails.contains(new TopicPartition(record.topic(), record.partition()))) {
				this.records.add(record);
			}
		}
	}

	@Override
	public void close() {
		if (this.tail != null) {
			this.tail.close();
		}
	}

}
