package lab.product;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A group under test: its own topic on the shared broker, its instances, and what can be
 * seen of both from outside.
 */
class Group implements AutoCloseable {

	/**
	 * How long a member that was stopped may take to leave: less than the session of one
	 * that was killed, 45 s.
	 */
	static final Duration LEAVES = Duration.ofSeconds(30);

	private static final JsonMapper json = new JsonMapper();

	final String topic = "orders-" + UUID.randomUUID();

	final String name = "group-" + UUID.randomUUID();

	private final String servers;

	private final Admin admin;

	private final KafkaProducer<byte[], byte[]> producer;

	private final Map<String, ConfigurableApplicationContext> instances = new HashMap<>();

	private final Map<String, Topic> topics = new ConcurrentHashMap<>();

	Group(String servers) {
		this.servers = servers;
		this.admin = Admin.create(Map.of("bootstrap.servers", servers));
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", servers), new ByteArraySerializer(),
				new ByteArraySerializer());
	}

	static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100));
	}

	Group withTopic(int partitions) throws Exception {
		this.admin.createTopics(List.of(new NewTopic(this.topic, partitions, (short) 1))).all().get();
		return this;
	}

	/**
	 * Creates the topic of that name's end before an instance does, with other settings.
	 */
	Group withTopic(String suffix, Map<String, String> settings) throws Exception {
		this.admin.createTopics(List.of(new NewTopic(this.topic + suffix, 1, (short) 1).configs(settings))).all().get();
		return this;
	}

	/**
	 * Sends in a transaction, and aborts it.
	 */
	void sendAborted(String value) throws Exception {
		try (KafkaProducer<byte[], byte[]> transactional = new KafkaProducer<>(
				Map.of("bootstrap.servers", this.servers, "transactional.id", this.name), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			transactional.initTransactions();
			transactional.beginTransaction();
			transactional.send(new ProducerRecord<>(this.topic, value.getBytes(StandardCharsets.UTF_8))).get();
			transactional.abortTransaction();
		}
	}

	/**
	 * Begins a transaction, sends to the topic of that name's end and leaves it open, as
	 * a process that was killed does.
	 */
	KafkaProducer<byte[], byte[]> leaveOpen(String transactionalId, String suffix) throws Exception {
		KafkaProducer<byte[], byte[]> transactional = new KafkaProducer<>(
				Map.of("bootstrap.servers", this.servers, "transactional.id", transactionalId, "transaction.timeout.ms",
						String.valueOf(Duration.ofMinutes(15).toMillis())),
				new ByteArraySerializer(), new ByteArraySerializer());
		transactional.initTransactions();
		transactional.beginTransaction();
		transactional.send(new ProducerRecord<>(this.topic + suffix, "{}".getBytes(StandardCharsets.UTF_8))).get();
		return transactional;
	}

	/**
	 * How long the share group waits for the acknowledgement of a record.
	 */
	void lockFor(Duration lock) throws Exception {
		this.admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, this.name),
				List.of(new AlterConfigOp(
						new ConfigEntry("share.record.lock.duration.ms", String.valueOf(lock.toMillis())),
						AlterConfigOp.OpType.SET))))
			.all()
			.get();
	}

	void grow(int partitions) throws Exception {
		this.admin.createPartitions(Map.of(this.topic, NewPartitions.increaseTo(partitions))).all().get();
	}

	/**
	 * Whether everybody is denied READ on the group.
	 */
	void denyRead(boolean deny) throws Exception {
		AclBinding noRead = new AclBinding(new ResourcePattern(ResourceType.GROUP, this.name, PatternType.LITERAL),
				new AccessControlEntry("User:*", "*", AclOperation.READ, AclPermissionType.DENY));
		if (deny) {
			this.admin.createAcls(List.of(noRead)).all().get();
		}
		else {
			this.admin.deleteAcls(List.of(noRead.toFilter())).all().get();
		}
	}

	/**
	 * Whether everybody is denied WRITE on the topic of that name's end. Clients find its
	 * leader, which then refuses what they send.
	 */
	void denyWrite(String suffix, boolean deny) throws Exception {
		ResourcePattern written = new ResourcePattern(ResourceType.TOPIC, this.topic + suffix, PatternType.LITERAL);
		AclBinding noWrite = new AclBinding(written,
				new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY));
		if (deny) {
			AclBinding allElse = new AclBinding(written,
					new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW));
			this.admin.createAcls(List.of(allElse, noWrite)).all().get();
		}
		else {
			this.admin.deleteAcls(List.of(noWrite.toFilter())).all().get();
		}
	}

	/**
	 * What the instances want to write to the topic fails, as when its leader is away.
	 */
	void refuseWrites(String suffix, boolean refuse) {
		if (refuse) {
			Outage.topics.add(this.topic + suffix);
		}
		else {
			Outage.topics.remove(this.topic + suffix);
		}
	}

	/**
	 * Whether an instance has tried to write to the topic of that name's end in vain.
	 */
	boolean hasRefusedWrites(String suffix) {
		return Outage.refused.contains(this.topic + suffix);
	}

	void start(String instance, String... settings) {
		this.instances.put(instance, new SpringApplicationBuilder(ProductApplication.class).registerShutdownHook(false)
			.run(Stream.concat(Stream.of("--spring.application.name=" + instance, "--server.port=0",
					"--spring.kafka.bootstrap-servers=" + this.servers, "--lab.product.group=" + this.name,
					"--lab.product.topic=" + this.topic, "--lab.product.handled-topic=" + this.topic + "-handled",
					"--lab.product.rebalances-topic=" + this.topic + "-rebalances",
					"--lab.product.dead-letter-topic=" + this.topic + "-dlt",
					"--spring.kafka.producer.properties[partitioner.class]=" + Outage.class.getName()),
					Stream.of(settings))
				.toArray(String[]::new)));
	}

	void stop(String instance) {
		this.instances.remove(instance).close();
	}

	void send(String value) throws Exception {
		send(null, value);
	}

	void send(byte[] key, String value) throws Exception {
		byte[] bytes = (value != null) ? value.getBytes(StandardCharsets.UTF_8) : null;
		this.producer.send(new ProducerRecord<>(this.topic, key, bytes)).get();
	}

	void sendAll(List<String> values) throws Exception {
		List<Future<?>> sent = new ArrayList<>();
		for (String value : values) {
			sent.add(this.producer.send(new ProducerRecord<>(this.topic, value.getBytes(StandardCharsets.UTF_8))));
		}
		for (Future<?> one : sent) {
			one.get();
		}
	}

	void sendTo(int partition, String value) throws Exception {
		this.producer.send(new ProducerRecord<>(this.topic, partition, null, value.getBytes(StandardCharsets.UTF_8)))
			.get();
	}

	static String order(String message) {
		return "{\"id\":\"%s\",\"message\":\"%s\",\"placedAt\":\"2026-11-20T10:00:00Z\"}".formatted(UUID.randomUUID(),
				message);
	}

	/**
	 * The messages of the orders that were handled, in the order of their events.
	 */
	List<String> handled() {
		return events("-handled").stream().map((event) -> event.get("message").asString()).toList();
	}

	List<JsonNode> events(String suffix) {
		return records(suffix).stream().map((record) -> json.readTree(record.value())).toList();
	}

	/**
	 * All records of the topic whose name ends so, without those of a transaction that is
	 * open or was aborted.
	 */
	List<ConsumerRecord<byte[], byte[]>> records(String suffix) {
		return this.topics
			.computeIfAbsent(suffix, (end) -> new Topic(new TopicPartition(this.topic + end, 0), "read_committed"))
			.records();
	}

	/**
	 * The same, with those of any transaction.
	 */
	List<ConsumerRecord<byte[], byte[]>> written(String suffix) {
		return this.topics
			.computeIfAbsent("all of " + suffix,
					(name) -> new Topic(new TopicPartition(this.topic + suffix, 0), "read_uncommitted"))
			.records();
	}

	/**
	 * The client.id of each member, as the coordinator has it.
	 */
	List<String> members() throws Exception {
		return this.admin.describeConsumerGroups(List.of(this.name))
			.all()
			.get()
			.get(this.name)
			.members()
			.stream()
			.map(MemberDescription::clientId)
			.sorted()
			.toList();
	}

	/**
	 * The same of a share group.
	 */
	List<String> shareMembers() throws Exception {
		return this.admin.describeShareGroups(List.of(this.name))
			.all()
			.get()
			.get(this.name)
			.members()
			.stream()
			.map(ShareMemberDescription::clientId)
			.sorted()
			.toList();
	}

	/**
	 * Whether the coordinator has it that the group handled this many records of
	 * partition 0 of its topic.
	 */
	boolean hasCommitted(int records) throws Exception {
		OffsetAndMetadata offset = this.admin.listConsumerGroupOffsets(this.name)
			.partitionsToOffsetAndMetadata()
			.get()
			.get(new TopicPartition(this.topic, 0));
		return offset != null && offset.offset() == records;
	}

	/**
	 * Each offset that the group committed for partition 0 of its topic, in this order,
	 * as the coordinator has written it down.
	 */
	List<Long> commits() {
		return timedCommits().stream().map(Commit::offset).toList();
	}

	/**
	 * The same, with the times.
	 */
	List<Commit> timedCommits() {
		GroupCoordinatorRecordSerde serde = new GroupCoordinatorRecordSerde();
		return this.topics
			.computeIfAbsent("__consumer_offsets", (name) -> new Topic(new TopicPartition(name, 0), "read_committed"))
			.records()
			.stream()
			.filter((record) -> record.value() != null)
			.map((record) -> serde.deserialize(ByteBuffer.wrap(record.key()), ByteBuffer.wrap(record.value())))
			.filter((record) -> record.key() instanceof OffsetCommitKey key && key.group().equals(this.name)
					&& key.topic().equals(this.topic) && key.partition() == 0)
			.map((record) -> (OffsetCommitValue) record.value().message())
			.map((commit) -> new Commit(commit.offset(), Instant.ofEpochMilli(commit.commitTimestamp())))
			.toList();
	}

	/**
	 * The transactional.id of each producer that the broker knows.
	 */
	Set<String> transactionalIds() throws Exception {
		return this.admin.listTransactions()
			.all()
			.get()
			.stream()
			.map(TransactionListing::transactionalId)
			.collect(Collectors.toSet());
	}

	/**
	 * The group reads partition 0 of its topic again, as after a crash between the effect
	 * of its orders and the commit of their offsets. Waits until it has no members.
	 */
	void readAgain() {
		withoutMembers(() -> this.admin
			.alterConsumerGroupOffsets(this.name, Map.of(new TopicPartition(this.topic, 0), new OffsetAndMetadata(0)))
			.all());
	}

	/**
	 * The same of a share group, for all records of partition 0: its start offset moves
	 * later than its records are accepted, its lag does not.
	 */
	boolean hasAcceptedAll() throws Exception {
		SharePartitionOffsetInfo offset = this.admin
			.listShareGroupOffsets(Map.of(this.name, new ListShareGroupOffsetsSpec()))
			.partitionsToOffsetInfo(this.name)
			.get()
			.get(new TopicPartition(this.topic, 0));
		return offset != null && offset.lag().equals(Optional.of(0L));
	}

	/**
	 * As kafka-consumer-groups does. Waits until it has no members.
	 */
	void delete() {
		withoutMembers(() -> this.admin.deleteConsumerGroups(List.of(this.name)).all());
	}

	void deleteShareGroup() {
		withoutMembers(() -> this.admin.deleteShareGroups(List.of(this.name)).all());
	}

	/**
	 * A member that was stopped may still be leaving: a context waits for it for 2.5 s.
	 */
	private static void withoutMembers(Supplier<KafkaFuture<Void>> change) {
		await("the group has no members").atMost(LEAVES)
			.untilAsserted(
					() -> assertThat(change.get().toCompletionStage().toCompletableFuture()).succeedsWithin(LEAVES));
	}

	JsonNode assignment(String instance) {
		return actuator(instance, "assignment");
	}

	List<String> owned(String instance) {
		return assignment(instance).get("partitions").valueStream().map(JsonNode::asString).toList();
	}

	JsonNode actuator(String instance, String path) {
		return json.readTree(text(instance, path));
	}

	/**
	 * What Prometheus is shown.
	 */
	List<String> metrics(String instance) {
		return text(instance, "prometheus").lines().toList();
	}

	/**
	 * What the instance answers to the JSON, with its status: {@code 200 {"...}}.
	 */
	String post(String instance, String path, String body) {
		return actuator(instance).post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange((request, response) -> response.getStatusCode().value() + " "
					+ new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
	}

	private String text(String instance, String path) {
		return actuator(instance).get()
			.uri(path)
			.exchange((request, response) -> new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
	}

	private RestClient actuator(String instance) {
		String port = this.instances.get(instance).getEnvironment().getProperty("local.server.port");
		return RestClient.create("http://127.0.0.1:" + port + "/actuator/");
	}

	@Override
	public void close() {
		this.instances.values().forEach(ConfigurableApplicationContext::close);
		this.topics.values().forEach(Topic::close);
		this.producer.close(Duration.ofSeconds(1));
		this.admin.close(Duration.ofSeconds(1));
	}

	/**
	 * A commit of the group for partition 0 of its topic.
	 *
	 * @param at when the coordinator wrote it down, in whole milliseconds
	 */
	record Commit(long offset, Instant at) {
	}

	/**
	 * What has been read of a topic so far. It is read on, not again.
	 */
	private final class Topic {

		private final TopicPartition partition;

		private final KafkaConsumer<byte[], byte[]> consumer;

		private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

		private Topic(TopicPartition partition, String isolation) {
			this.partition = partition;
			this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", Group.this.servers,
					"allow.auto.create.topics", "false", "isolation.level", isolation), new ByteArrayDeserializer(),
					new ByteArrayDeserializer());
			this.consumer.assign(List.of(this.partition));
			this.consumer.seekToBeginning(List.of(this.partition));
		}

		private synchronized List<ConsumerRecord<byte[], byte[]>> records() {
			long end = this.consumer.endOffsets(List.of(this.partition)).get(this.partition);
			while (this.consumer.position(this.partition) < end) {
				this.consumer.poll(Duration.ofMillis(100)).forEach(this.records::add);
			}
			return List.copyOf(this.records);
		}

		private synchronized void close() {
			this.consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
		}

	}

}
