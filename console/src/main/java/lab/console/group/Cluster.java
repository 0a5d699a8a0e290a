package lab.console.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import lab.console.process.Ports.Connection;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Kafka cluster through its Admin API, and the groups of the cluster.
 * Every method throws {@link LabException}, whose message is one sentence, if the cluster
 * does not answer in time, or refuses.
 */
public final class Cluster implements AutoCloseable {

	private static final Duration COUNT_TIMEOUT = Duration.ofSeconds(3);

	private static final Duration COUNT_TIMEOUT_BETWEEN_SNAPSHOTS = Duration.ofSeconds(1);

	private final Admin admin;

	private final AdminAnswers answers;

	private final Topics topics;

	private final GroupDescriptions groups;

	private final WaitingRecords waiting;

	/**
	 * The lab's own group, whose members read with
	 * {@code isolation.level=read_committed}. Of others the cluster does not tell that.
	 */
	private final Optional<String> readCommitted;

	private Cluster(Properties client, AdminAnswers answers, Optional<String> readCommitted) {
		this.readCommitted = readCommitted;
		this.waiting = new WaitingRecords(client);
		this.admin = Admin.create(client);
		this.answers = answers;
		this.topics = new Topics(this.admin, answers);
		this.groups = new GroupDescriptions(this.admin, answers);
	}

	/**
	 * Connects to the cluster that the options name.
	 * @throws LabException at once when nothing listens there, or the options are wrong
	 */
	public static Cluster connect(LabOptions options) {
		return connect(options, options.messages());
	}

	/**
	 * Connects as {@link #connect(LabOptions)} does.
	 * @param messages the language of the exceptions
	 */
	public static Cluster connect(LabOptions options, Messages messages) {
		Properties client = clientProperties(options);
		Connection connection = connection(options.bootstrapServer());
		if (connection != Connection.ACCEPTED) {
			throw new AwayException(away(options.bootstrapServer(), connection, messages));
		}
		try {
			return new Cluster(client, new AdminAnswers(options.bootstrapServer(), messages),
					options.clusterIsNamed() ? Optional.empty() : Optional.of(options.prefix() + LabOptions.GROUP));
		}
		catch (KafkaException ex) {
			String problem = ClientSettings.problem(ex, client);
			throw new LabException(options.commandConfig()
				.map((file) -> messages.get("cluster.config-in", file, problem))
				.orElseGet(() -> messages.get("cluster.config", problem)), ex);
		}
	}

	/**
	 * The settings of a Kafka client that the options ask for.
	 * @throws LabException when their file cannot be read
	 */
	public static Properties clientProperties(LabOptions options) {
		return ClientSettings.of(options);
	}

	/**
	 * Whether any of the servers accepts a connection: Kafka's client would go on trying
	 * until its timeout.
	 * @param bootstrapServers {@code host:port[,host:port...]}
	 */
	public static boolean reachable(String bootstrapServers) {
		return connection(bootstrapServers) == Connection.ACCEPTED;
	}

	/**
	 * What becomes of a connection to the servers, of which one has to accept it.
	 * @param bootstrapServers {@code host:port[,host:port...]}
	 */
	public static Connection connection(String bootstrapServers) {
		return BootstrapServers.connection(bootstrapServers);
	}

	/**
	 * The sentence on servers that do not accept a connection.
	 */
	public static String away(String bootstrapServers, Connection connection, Messages messages) {
		return messages.get(switch (connection) {
			case UNKNOWN_HOST -> "cluster.unknown-host";
			case TIMED_OUT -> "cluster.timed-out";
			default -> "cluster.away";
		}, bootstrapServers);
	}

	/**
	 * The first of the servers that is not {@code host:port}; empty where each is.
	 */
	public static Optional<String> malformed(String bootstrapServers) {
		return BootstrapServers.malformed(bootstrapServers);
	}

	/**
	 * The topics of the cluster.
	 */
	public Topics topics() {
		return this.topics;
	}

	/**
	 * Describes the group, and the topics that it has committed offsets for, or whose
	 * partitions are assigned.
	 * @param expected topics to describe even where the group does not read them
	 */
	public GroupSnapshot snapshot(String group, String... expected) {
		DescribedGroup described = this.groups.describe(group);
		Set<String> names = new TreeSet<>(List.of(expected));
		names.addAll(described.topics());
		Topics.DescribedTopics read = this.topics.describe(names);
		return described
			.snapshot(group, read.leaders(), this.topics.logs(read.led()), read.hidden(),
					this.readCommitted.equals(Optional.of(group)))
			.withReplicas(read.replicas());
	}

	/**
	 * Describes all groups of the cluster, in the order of their names, as
	 * {@link #snapshot} does. A group that is deleted meanwhile is left out.
	 */
	public List<GroupSnapshot> snapshots() {
		Map<String, DescribedGroup> described = this.groups.describeAll();
		Set<String> names = described.values()
			.stream()
			.flatMap((group) -> group.topics().stream())
			.collect(Collectors.toCollection(TreeSet::new));
		Topics.DescribedTopics read = this.topics.describe(names);
		Map<TopicPartition, LogOffsets> logs = this.topics.logs(read.led());
		return described.entrySet().stream().map((entry) -> {
			DescribedGroup group = entry.getValue();
			Topics.DescribedTopics own = read.only(group.topics());
			return group
				.snapshot(entry.getKey(), own.leaders(), logs, own.hidden(),
						this.readCommitted.equals(Optional.of(entry.getKey())))
				.withReplicas(own.replicas());
		}).toList();
	}

	/**
	 * Describes the group as {@link #snapshot} does, and counts a short lag in records
	 * instead of offsets, because the markers of transactions have offsets, too. For that
	 * the records are read, if that is authorized.
	 */
	public GroupSnapshot countedSnapshot(String group, String... expected) {
		return this.waiting.counted(snapshot(group, expected), (partition) -> true, COUNT_TIMEOUT);
	}

	/**
	 * Counts the lags of a snapshot as {@link #countedSnapshot} does, for one who takes
	 * snapshots again and again: where nothing moves any more since the one before, and
	 * once as long as nothing moves.
	 * @param before null where there is none
	 */
	public GroupSnapshot counted(@Nullable GroupSnapshot before, GroupSnapshot now) {
		return this.waiting.counted(now, (partition) -> before == null || partition.restsSince(before),
				COUNT_TIMEOUT_BETWEEN_SNAPSHOTS);
	}

	/**
	 * The times that the coordinator sets for the members of the group; empty where each
	 * client sets its own (classic), and where the cluster is too old to have them or
	 * does not authorize reading them.
	 */
	public Optional<GroupTimings> timings(GroupSnapshot group) {
		if (!group.shared() && !GroupType.CONSUMER.toString().equals(group.protocol())) {
			return Optional.empty();
		}
		ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group.group());
		try {
			Config config = this.answers
				.await(Objects.requireNonNull(this.admin.describeConfigs(List.of(resource)).values().get(resource)));
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

	/**
	 * What retention may delete next of what the group has not read. It takes several
	 * requests where that is soon.
	 */
	public UnreadRetention retention(GroupSnapshot group) {
		Set<String> read = group.partitions()
			.stream()
			.map(GroupSnapshot.Partition::topic)
			.collect(Collectors.toCollection(TreeSet::new));
		return read.isEmpty() ? UnreadRetention.UNKNOWN
				: UnreadRetention.of(group, this.topics.retention(read), this.topics::firstSince);
	}

	private static long millis(Config config, String name) {
		return Long.parseLong(config.get(name).value());
	}

	/**
	 * How many brokers the cluster has.
	 */
	public int nodes() {
		return this.answers.await(this.admin.describeCluster().nodes()).size();
	}

	/**
	 * Sets configs of the group.
	 * @param settings by name; an empty value deletes the config
	 */
	public void configureGroup(String group, Map<String, String> settings) {
		List<AlterConfigOp> changes = settings.entrySet()
			.stream()
			.map((setting) -> new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()),
					setting.getValue().isEmpty() ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET))
			.toList();
		if (!changes.isEmpty()) {
			this.answers.await(this.admin
				.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), changes))
				.all());
		}
	}

	/**
	 * The finalized level of a feature such as {@code group.version}; 0 where there is
	 * none, or the cluster is too old to have features.
	 */
	public int feature(String name) {
		try {
			FinalizedVersionRange range = this.answers.await(this.admin.describeFeatures().featureMetadata())
				.finalizedFeatures()
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
	 * The topics and groups whose names begin with the prefix.
	 */
	public PrefixedNames prefixed(String prefix) {
		return new PrefixedNames(this.admin, this.answers, this.topics, prefix);
	}

	@Override
	public void close() {
		this.admin.close(Duration.ofSeconds(1));
	}

}
