package lab.console.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import lab.console.terminal.LabException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The topics of a {@link Cluster}. Every method throws {@link LabException} if the
 * cluster does not answer, or refuses.
 */
public final class Topics {

	/**
	 * The most partitions that the lab gives a topic, far less than what overloads a
	 * small broker.
	 */
	static final int MAX_PARTITIONS = 100;

	private static final Set<Class<? extends Exception>> NO_CONFIGS = Set.of(AuthorizationException.class,
			UnknownTopicOrPartitionException.class, InvalidRequestException.class, UnsupportedVersionException.class);

	private static final Set<Class<? extends Exception>> NO_TIMESTAMPS = Set.of(AuthorizationException.class,
			UnknownTopicOrPartitionException.class, UnsupportedForMessageFormatException.class);

	private final Admin admin;

	private final AdminAnswers answers;

	Topics(Admin admin, AdminAnswers answers) {
		this.admin = admin;
		this.answers = answers;
	}

	/**
	 * The names of all topics but Kafka's own.
	 */
	public Set<String> names() {
		return this.answers.await(this.admin.listTopics().names());
	}

	/**
	 * How many partitions the topic has; empty when there is no such topic.
	 */
	public Optional<Integer> partitionCount(String topic) {
		return describe(topic).map((description) -> description.partitions().size());
	}

	/**
	 * Creates a topic.
	 * @throws LabException if it exists
	 */
	public void create(String topic, int partitions) {
		this.answers.await(
				this.admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty()))).all());
	}

	/**
	 * Adds partitions, up to the total.
	 * @throws LabException if there is no such topic, or it has as many or more, or the
	 * total is more than the lab gives a topic
	 */
	public Scaled grow(String topic, int total) {
		int before = partitionCount(topic)
			.orElseThrow(() -> new LabException(this.answers.messages().get("status.no-topic", topic)));
		if (total < before) {
			throw new LabException(this.answers.messages().get("scale.shrink", topic, before, total));
		}
		if (total == before) {
			throw new LabException(this.answers.messages().get("scale.same", topic, before));
		}
		if (total > MAX_PARTITIONS) {
			throw new LabException(this.answers.messages().get("scale.most", topic, before, MAX_PARTITIONS, total));
		}
		createPartitions(topic, total);
		return new Scaled(topic, before, total);
	}

	/**
	 * Adds partitions as {@link #grow} does, without looking at the topic before.
	 */
	public void createPartitions(String topic, int total) {
		this.answers.await(this.admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all());
	}

	/**
	 * Topics that were asked for; those that do not exist are in neither.
	 *
	 * @param leaders of all their partitions, empty where a partition has no leader
	 * @param replicas of the partitions that have several
	 * @param hidden the topics that this client is not authorized to see
	 */
	public record DescribedTopics(Map<TopicPartition, Optional<Integer>> leaders,
			Map<TopicPartition, Replicas> replicas, List<String> hidden) {

		public List<TopicPartition> led() {
			return this.leaders.entrySet()
				.stream()
				.filter((partition) -> partition.getValue().isPresent())
				.map(Map.Entry::getKey)
				.toList();
		}

		/**
		 * The same, of these topics alone.
		 */
		DescribedTopics only(Set<String> topics) {
			return new DescribedTopics(
					this.leaders.entrySet()
						.stream()
						.filter((partition) -> topics.contains(partition.getKey().topic()))
						.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
					this.replicas, this.hidden.stream().filter(topics::contains).toList());
		}

	}

	public DescribedTopics describe(Set<String> topics) {
		Map<TopicPartition, Optional<Integer>> leaders = new HashMap<>();
		Map<TopicPartition, Replicas> replicas = new HashMap<>();
		List<String> hidden = new ArrayList<>();
		this.admin.describeTopics(topics).topicNameValues().forEach((topic, described) -> {
			try {
				this.answers.awaitUnless(Set.of(UnknownTopicOrPartitionException.class), described)
					.ifPresent((description) -> description.partitions().forEach((partition) -> {
						TopicPartition name = new TopicPartition(topic, partition.partition());
						leaders.put(name, Optional.ofNullable(partition.leader()).map(Node::id));
						if (partition.replicas().size() > 1) {
							replicas.put(name, Replicas.of(partition));
						}
					}));
			}
			catch (LabException ex) {
				if (!(ex.getCause() instanceof TopicAuthorizationException)) {
					throw ex;
				}
				hidden.add(topic);
			}
		});
		return new DescribedTopics(leaders, replicas, hidden.stream().sorted().toList());
	}

	/**
	 * The logs of the partitions, without those whose leaders do not answer although
	 * others do.
	 */
	public Map<TopicPartition, LogOffsets> logs(Collection<TopicPartition> partitions) {
		ListOffsetsResult starts = this.admin.listOffsets(asked(partitions, OffsetSpec.earliest()));
		ListOffsetsResult ends = this.admin.listOffsets(asked(partitions, OffsetSpec.latest()));
		Map<TopicPartition, Long> told = offsets(ends, partitions);
		// asked after the ends are known: a record that is written in between would look
		// like an open transaction
		ListOffsetsResult stable = this.admin.listOffsets(asked(told.keySet(), OffsetSpec.latest()),
				new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
		Map<TopicPartition, LogOffsets> logs = new HashMap<>();
		told.forEach((partition, end) -> logs.put(partition,
				new LogOffsets(offset(starts, partition), end, Math.min(end, offset(stable, partition)))));
		return logs;
	}

	/**
	 * The retention of each topic; without those whose configs this client is not
	 * authorized to read, or the cluster does not tell.
	 */
	Map<String, Retention> retention(Collection<String> topics) {
		Map<String, Retention> told = new HashMap<>();
		this.admin
			.describeConfigs(
					topics.stream().map((topic) -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList())
			.values()
			.forEach((resource, answer) -> this.answers.awaitUnless(NO_CONFIGS, answer)
				.flatMap(Topics::retention)
				.ifPresent((retention) -> told.put(resource.name(), retention)));
		return told;
	}

	private static Optional<Retention> retention(Config config) {
		ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
		ConfigEntry ms = config.get(TopicConfig.RETENTION_MS_CONFIG);
		ConfigEntry bytes = config.get(TopicConfig.RETENTION_BYTES_CONFIG);
		// not every cluster that speaks Kafka's protocol has all of them
		return (policy == null || ms == null || bytes == null) ? Optional.empty()
				: Optional.of(Retention.of(policy.value(), Long.parseLong(ms.value()), Long.parseLong(bytes.value())));
	}

	/**
	 * The first record of each partition that has the timestamp or a later one; without
	 * the partitions whose leaders did not tell.
	 */
	Map<TopicPartition, UnreadRetention.Found> firstSince(Map<TopicPartition, Instant> timestamps) {
		ListOffsetsResult answer = this.admin.listOffsets(timestamps.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(asked) -> OffsetSpec.forTimestamp(asked.getValue().toEpochMilli()))));
		Map<TopicPartition, UnreadRetention.Found> told = new HashMap<>();
		timestamps.keySet()
			.forEach((partition) -> this.answers.awaitUnless(NO_TIMESTAMPS, answer.partitionResult(partition))
				.ifPresent((found) -> told.put(partition, (found.offset() < 0) ? UnreadRetention.Found.NONE
						: new UnreadRetention.Found(found.offset(), Instant.ofEpochMilli(found.timestamp())))));
		return told;
	}

	private static Map<TopicPartition, OffsetSpec> asked(Collection<TopicPartition> partitions, OffsetSpec which) {
		return partitions.stream().collect(Collectors.toMap((partition) -> partition, (partition) -> which));
	}

	private Long offset(ListOffsetsResult answer, TopicPartition partition) {
		return this.answers.await(answer.partitionResult(partition)).offset();
	}

	private Map<TopicPartition, Long> offsets(ListOffsetsResult answer, Collection<TopicPartition> partitions) {
		Map<TopicPartition, Long> offsets = new HashMap<>();
		this.answers
			.awaitInTime(
					partitions.stream().collect(Collectors.toMap((partition) -> partition, answer::partitionResult)))
			.forEach((partition, found) -> offsets.put(partition, found.offset()));
		return offsets;
	}

	private Optional<TopicDescription> describe(String topic) {
		return this.answers
			.awaitUnless(Set.of(UnknownTopicOrPartitionException.class),
					this.admin.describeTopics(List.of(topic)).allTopicNames())
			.map((topics) -> topics.get(topic));
	}

}
