package lab.console.group;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import lab.console.process.Ports;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The cluster as the console sees it, through Kafka's Admin API; every wait is bounded
 * and every failure is one sentence.
 */
public final class Cluster implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final Admin admin;

	private final String bootstrapServer;

	private final Messages messages;

	private Cluster(Admin admin, String bootstrapServer, Messages messages) {
		this.admin = admin;
		this.bootstrapServer = bootstrapServer;
		this.messages = messages;
	}

	/**
	 * Connects to the cluster that the options name.
	 * @throws LabException at once when nothing listens there, or the options are wrong
	 */
	public static Cluster connect(LabOptions options) {
		return connect(options, options.messages());
	}

	/**
	 * Connects as {@link #connect(LabOptions)} does, and says what fails in another
	 * language.
	 */
	public static Cluster connect(LabOptions options, Messages messages) {
		Properties client = clientProperties(options);
		if (!reachable(options.bootstrapServer())) {
			throw new AwayException(messages.get("cluster.away", options.bootstrapServer()));
		}
		try {
			return new Cluster(Admin.create(client), options.bootstrapServer(), messages);
		}
		catch (KafkaException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new LabException(messages.get("cluster.config", cause.getMessage()), ex);
		}
	}

	/**
	 * The settings of a Kafka client that the options ask for.
	 * @throws LabException when their file cannot be read
	 */
	public static Properties clientProperties(LabOptions options) {
		Properties client = new Properties();
		options.commandConfig().ifPresent((file) -> client.putAll(read(file, options.messages())));
		client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServer());
		client.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
		client.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2);
		return client;
	}

	/**
	 * Whether any of the servers accepts a connection: Kafka's client would go on trying
	 * until its timeout.
	 * @param bootstrapServers {@code host:port[,host:port...]}
	 */
	public static boolean reachable(String bootstrapServers) {
		for (String server : bootstrapServers.split(",")) {
			int colon = server.lastIndexOf(':');
			try {
				int port = Integer.parseInt(server.substring(colon + 1).strip());
				InetSocketAddress address = new InetSocketAddress(server.substring(0, Math.max(colon, 0)).strip(),
						port);
				if (!address.isUnresolved() && Ports.answers(address)) {
					return true;
				}
			}
			catch (IllegalArgumentException ex) {
				// no port, or none that can be: not reachable, which the caller says
			}
		}
		return false;
	}

	private static Properties read(Path file, Messages messages) {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
			return properties;
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new LabException(messages.get("cluster.config-file", file), ex);
		}
	}

	/**
	 * Looks at the group, at everything it has committed or owns, and at the topic.
	 * @param expected looked at even where the group has nothing to do with them yet
	 */
	public GroupSnapshot snapshot(String group, String... expected) {
		DescribedGroup described = consumerGroup(group).or(() -> shareGroup(group)).orElse(DescribedGroup.UNKNOWN);
		Set<String> topics = new TreeSet<>(List.of(expected));
		topics.addAll(described.topics());
		Map<TopicPartition, Optional<Integer>> leaders = leaders(topics);
		Map<TopicPartition, OffsetSpec> led = leaders.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isPresent())
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> OffsetSpec.latest()));
		Map<TopicPartition, Long> ends = new HashMap<>();
		await(this.admin.listOffsets(led).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
		return described.snapshot(group, leaders, ends);
	}

	/**
	 * A group under the classic or the consumer protocol.
	 */
	private Optional<DescribedGroup> consumerGroup(String group) {
		return absentWhen(Set.of(GroupIdNotFoundException.class),
				this.admin.describeConsumerGroups(List.of(group)).all())
			.map((groups) -> DescribedGroup.of(Objects.requireNonNull(groups.get(group)),
					await(this.admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())));
	}

	/**
	 * An older cluster has none, whatever the name.
	 */
	private Optional<DescribedGroup> shareGroup(String group) {
		return absentWhen(Set.of(GroupIdNotFoundException.class, UnsupportedVersionException.class),
				this.admin.describeShareGroups(List.of(group)).all())
			.map((groups) -> DescribedGroup.of(Objects.requireNonNull(groups.get(group)),
					await(this.admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
						.partitionsToOffsetInfo(group))));
	}

	private Map<TopicPartition, Optional<Integer>> leaders(Set<String> topics) {
		Map<TopicPartition, Optional<Integer>> leaders = new HashMap<>();
		for (String topic : topics) {
			describe(topic).ifPresent((description) -> description.partitions()
				.forEach((partition) -> leaders.put(new TopicPartition(topic, partition.partition()),
						Optional.ofNullable(partition.leader()).map(Node::id))));
		}
		return leaders;
	}

	/**
	 * The offset of the oldest record that each of the partitions still has.
	 */
	public Map<GroupSnapshot.Partition, Long> logStarts(Collection<GroupSnapshot.Partition> partitions) {
		Map<TopicPartition, GroupSnapshot.Partition> led = partitions.stream()
			.filter((partition) -> partition.leader() != null)
			.collect(Collectors.toMap((partition) -> new TopicPartition(partition.topic(), partition.partition()),
					(partition) -> partition));
		var starts = await(this.admin
			.listOffsets(led.keySet().stream().collect(Collectors.toMap((key) -> key, (key) -> OffsetSpec.earliest())))
			.all());
		return starts.entrySet()
			.stream()
			.collect(Collectors.toMap((start) -> led.get(start.getKey()), (start) -> start.getValue().offset()));
	}

	/**
	 * The times that the coordinator holds members of the group to; empty where they are
	 * the clients' own, or it tells none because it is too old or does not allow it.
	 */
	public Optional<GroupTimings> timings(GroupSnapshot group) {
		if (group.classic()) {
			return Optional.empty();
		}
		ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group.group());
		try {
			Config config = await(
					Objects.requireNonNull(this.admin.describeConfigs(List.of(resource)).values().get(resource)));
			String kind = group.shared() ? "share" : "consumer";
			return Optional.of(new GroupTimings(millis(config, kind + ".heartbeat.interval.ms"),
					millis(config, kind + ".session.timeout.ms"),
					group.shared() ? millis(config, "share.record.lock.duration.ms") : null));
		}
		catch (LabException ex) {
			if (ex.getCause() instanceof UnsupportedVersionException || ex.getCause() instanceof InvalidRequestException
					|| ex.getCause() instanceof AuthorizationException) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	private static long millis(Config config, String name) {
		return Long.parseLong(config.get(name).value());
	}

	/**
	 * The names of all topics but Kafka's own.
	 */
	public Set<String> topics() {
		return await(this.admin.listTopics().names());
	}

	/**
	 * How many brokers answer for the cluster.
	 */
	public int nodes() {
		return await(this.admin.describeCluster().nodes()).size();
	}

	/**
	 * How many partitions the topic has; none when there is no such topic.
	 */
	public Optional<Integer> partitionCount(String topic) {
		return describe(topic).map((description) -> description.partitions().size());
	}

	/**
	 * Gives the topic more partitions; Kafka cannot take any away.
	 */
	public void createPartitions(String topic, int total) {
		await(this.admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all());
	}

	/**
	 * Makes a topic; one of that name that is there already is refused.
	 */
	public void createTopic(String topic, int partitions) {
		await(this.admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty()))).all());
	}

	/**
	 * Gives the group settings of its own on the broker.
	 * @param settings by name; one without a value is the broker's again
	 */
	public void configureGroup(String group, Map<String, String> settings) {
		List<AlterConfigOp> changes = settings.entrySet()
			.stream()
			.map((setting) -> new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()),
					setting.getValue().isEmpty() ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET))
			.toList();
		if (!changes.isEmpty()) {
			await(this.admin
				.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), changes))
				.all());
		}
	}

	/**
	 * The level of a feature such as {@code group.version} that the cluster has agreed
	 * on; 0 where it has none, or is too old to say.
	 */
	public int feature(String name) {
		try {
			FinalizedVersionRange range = await(this.admin.describeFeatures().featureMetadata()).finalizedFeatures()
				.get(name);
			return (range != null) ? range.maxVersionLevel() : 0;
		}
		catch (LabException ex) {
			if (ex.getCause() instanceof UnsupportedVersionException) {
				return 0;
			}
			throw ex;
		}
	}

	/**
	 * The topics and groups whose names begin so.
	 */
	public Set<String> topicsAndGroups(String prefix) {
		Set<String> names = new TreeSet<>(topics(prefix));
		names.addAll(consumerGroups(prefix));
		names.addAll(shareGroups(prefix));
		return names;
	}

	/**
	 * Deletes the topics and groups whose names begin so.
	 * @throws LabException if a group still has members; all else is gone then
	 */
	public void deleteTopicsAndGroups(String prefix) {
		await(this.admin.deleteTopics(topics(prefix)).all());
		await(this.admin.deleteConsumerGroups(consumerGroups(prefix)).all());
		await(this.admin.deleteShareGroups(shareGroups(prefix)).all());
	}

	private Set<String> topics(String prefix) {
		return beginning(prefix, await(this.admin.listTopics().names()));
	}

	private Set<String> consumerGroups(String prefix) {
		return beginning(prefix, ids(await(this.admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())));
	}

	private Set<String> shareGroups(String prefix) {
		return beginning(prefix,
				absentWhen(Set.of(UnsupportedVersionException.class),
						this.admin.listGroups(ListGroupsOptions.forShareGroups()).all())
					.map(Cluster::ids)
					.orElse(List.of()));
	}

	private static List<String> ids(Collection<GroupListing> groups) {
		return groups.stream().map(GroupListing::groupId).toList();
	}

	private static Set<String> beginning(String prefix, Collection<String> names) {
		return names.stream().filter((name) -> name.startsWith(prefix)).collect(Collectors.toSet());
	}

	private Optional<TopicDescription> describe(String topic) {
		return absentWhen(Set.of(UnknownTopicOrPartitionException.class),
				this.admin.describeTopics(List.of(topic)).allTopicNames())
			.map((topics) -> topics.get(topic));
	}

	private <T> Optional<T> absentWhen(Set<Class<? extends Exception>> reasons, KafkaFuture<T> future) {
		try {
			return Optional.of(await(future));
		}
		catch (LabException ex) {
			if (reasons.stream().anyMatch((reason) -> reason.isInstance(ex.getCause()))) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	private <T> T await(KafkaFuture<T> future) {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			if (cause instanceof TimeoutException) {
				throw new AwayException(this.messages.get("cluster.silent", this.bootstrapServer), cause);
			}
			throw new LabException(this.messages.get("cluster.refused", cause.getMessage()), cause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LabException(this.messages.get("cluster.interrupted"), ex);
		}
	}

	@Override
	public void close() {
		this.admin.close(Duration.ofSeconds(1));
	}

}
