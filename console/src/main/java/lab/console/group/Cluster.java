package lab.console.group;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
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
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
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

	private static final int ENOUGH_OF_AN_ID = 6;

	private static final Comparator<TopicPartition> BY_TOPIC_AND_PARTITION = Comparator.comparing(TopicPartition::topic)
		.thenComparing(TopicPartition::partition);

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
		Optional<ConsumerGroupDescription> description = absentWhen(GroupIdNotFoundException.class,
				this.admin.describeConsumerGroups(List.of(group)).all())
			.map((groups) -> groups.get(group));
		Map<TopicPartition, OffsetAndMetadata> committed = description.isEmpty() ? Map.of()
				: await(this.admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
		Collection<MemberDescription> members = description.map(ConsumerGroupDescription::members).orElse(List.of());
		Map<TopicPartition, String> owners = new HashMap<>();
		members.forEach((member) -> member.assignment()
			.topicPartitions()
			.forEach((partition) -> owners.put(partition, name(member, members))));
		Set<String> topics = new TreeSet<>(List.of(expected));
		committed.keySet().forEach((partition) -> topics.add(partition.topic()));
		owners.keySet().forEach((partition) -> topics.add(partition.topic()));
		List<GroupSnapshot.Partition> partitions = partitions(topics, committed, owners);
		return description.map((found) -> new GroupSnapshot(Instant.now(), group, found.groupState().toString(),
				found.type().toString(),
				// none is chosen in a classic group that nobody is in
				found.partitionAssignor().isEmpty() ? null : found.partitionAssignor(), found.groupEpoch().orElse(null),
				found.targetAssignmentEpoch().orElse(null), members(members), partitions))
			.orElseGet(() -> new GroupSnapshot(Instant.now(), group, GroupState.DEAD.toString(), null, null, null, null,
					List.of(), partitions));
	}

	/**
	 * Members are known by their client.id, which need not be theirs alone: every console
	 * consumer has the same one.
	 */
	private static String name(MemberDescription member, Collection<MemberDescription> members) {
		boolean alone = members.stream()
			.noneMatch((other) -> other.clientId().equals(member.clientId())
					&& !other.consumerId().equals(member.consumerId()));
		String id = member.consumerId();
		return alone ? member.clientId()
				: member.clientId() + "-" + id.substring(Math.max(id.length() - ENOUGH_OF_AN_ID, 0));
	}

	private static List<GroupSnapshot.Member> members(Collection<MemberDescription> members) {
		return members.stream()
			.map((member) -> new GroupSnapshot.Member(name(member, members), member.clientId(), member.consumerId(),
					member.host().replaceFirst("^/", ""), member.memberEpoch().orElse(null), names(member.assignment()),
					member.targetAssignment().map(Cluster::names).orElse(null)))
			.sorted(Comparator.comparing(GroupSnapshot.Member::name).thenComparing(GroupSnapshot.Member::memberId))
			.toList();
	}

	private static List<String> names(MemberAssignment assignment) {
		return assignment.topicPartitions()
			.stream()
			.sorted(BY_TOPIC_AND_PARTITION)
			.map(TopicPartition::toString)
			.toList();
	}

	private List<GroupSnapshot.Partition> partitions(Set<String> topics,
			Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, String> owners) {
		Map<TopicPartition, Optional<Node>> leaders = new TreeMap<>(BY_TOPIC_AND_PARTITION);
		for (String topic : topics) {
			describe(topic).ifPresent((description) -> description.partitions()
				.forEach((partition) -> leaders.put(new TopicPartition(topic, partition.partition()),
						Optional.ofNullable(partition.leader()))));
		}
		Map<TopicPartition, OffsetSpec> led = leaders.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isPresent())
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> OffsetSpec.latest()));
		var ends = await(this.admin.listOffsets(led).all());
		List<GroupSnapshot.Partition> partitions = new ArrayList<>();
		leaders.forEach((partition, leader) -> {
			OffsetAndMetadata offset = committed.get(partition);
			partitions.add(new GroupSnapshot.Partition(partition.topic(), partition.partition(),
					leader.map(Node::id).orElse(null), (offset != null) ? offset.offset() : null,
					ends.containsKey(partition) ? ends.get(partition).offset() : 0, owners.get(partition)));
		});
		return partitions;
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
	 * The times that the coordinator holds members of the group to under KIP-848; empty
	 * where it tells none, because it is too old or does not allow it.
	 */
	public Optional<GroupTimings> timings(String group) {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
		try {
			Config config = await(
					Objects.requireNonNull(this.admin.describeConfigs(List.of(resource)).values().get(resource)));
			return Optional.of(new GroupTimings(millis(config, "consumer.heartbeat.interval.ms"),
					millis(config, "consumer.session.timeout.ms")));
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
	 * Whether the group is a share group; empty where there is no such group.
	 */
	public Optional<Boolean> isShareGroup(String group) {
		return await(this.admin.listGroups().all()).stream()
			.filter((listed) -> listed.groupId().equals(group))
			.findFirst()
			.map((listed) -> listed.type().filter(GroupType.SHARE::equals).isPresent());
	}

	/**
	 * How many members of the share group have been given something to read.
	 */
	public long readersOfShareGroup(String group) {
		return absentWhen(GroupIdNotFoundException.class, this.admin.describeShareGroups(List.of(group)).all()).stream()
			.flatMap((groups) -> groups.values().stream())
			.flatMap((found) -> found.members().stream())
			.filter((member) -> !member.assignment().topicPartitions().isEmpty())
			.count();
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
	 * The topics and consumer groups whose names begin so.
	 */
	public Set<String> topicsAndGroups(String prefix) {
		Set<String> names = new TreeSet<>(topics(prefix));
		names.addAll(groups(prefix));
		return names;
	}

	/**
	 * Deletes the topics and consumer groups whose names begin so.
	 * @throws LabException if a group still has members; all else is gone then
	 */
	public void deleteTopicsAndGroups(String prefix) {
		await(this.admin.deleteTopics(topics(prefix)).all());
		await(this.admin.deleteConsumerGroups(groups(prefix)).all());
	}

	private Set<String> topics(String prefix) {
		return beginning(prefix, await(this.admin.listTopics().names()));
	}

	private Set<String> groups(String prefix) {
		return beginning(prefix,
				await(this.admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
					.map(GroupListing::groupId)
					.toList());
	}

	private static Set<String> beginning(String prefix, Collection<String> names) {
		return names.stream().filter((name) -> name.startsWith(prefix)).collect(Collectors.toSet());
	}

	private Optional<TopicDescription> describe(String topic) {
		return absentWhen(UnknownTopicOrPartitionException.class,
				this.admin.describeTopics(List.of(topic)).allTopicNames())
			.map((topics) -> topics.get(topic));
	}

	private <T> Optional<T> absentWhen(Class<? extends Exception> reason, KafkaFuture<T> future) {
		try {
			return Optional.of(await(future));
		}
		catch (LabException ex) {
			if (reason.isInstance(ex.getCause())) {
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
