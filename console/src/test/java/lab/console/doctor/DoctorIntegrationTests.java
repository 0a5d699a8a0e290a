package lab.console.doctor;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import lab.console.fault.BrokerProcess;
import lab.console.fault.LabProcess;
import lab.console.fault.LabProcess.Result;
import lab.console.fault.TestLab;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.StatusCommand;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatRequest;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each thing that goes wrong with a cluster, made to go wrong, is called by its name.
 */
class DoctorIntegrationTests {

	private static BrokerProcess broker;

	private static Admin admin;

	private static Cluster cluster;

	@BeforeAll
	static void startBroker() throws Exception {
		broker = BrokerProcess.start("DoctorIntegrationTests/broker", Map.of("authorizer.class.name",
				"org.apache.kafka.metadata.authorizer.StandardAuthorizer", "allow.everyone.if.no.acl.found", "true"));
		admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
		cluster = Cluster.connect(CommandLine.populateCommand(new LabOptions(), "--bootstrap-server",
				broker.bootstrapServers(), "--lang=EN"));
	}

	@AfterAll
	static void stopBroker() throws Exception {
		cluster.close();
		admin.close(Duration.ZERO);
		broker.close();
	}

	@ParameterizedTest
	@EnumSource
	void aBrokerThatSendsItsClientsToAnAddressOfNobodyIsSaidToDoSo(Language language) throws Exception {
		try (BrokerProcess wrong = BrokerProcess.start("DoctorIntegrationTests/unknown-host-" + language,
				Map.of("advertised.listeners", "PLAINTEXT://kafka.invalid:9092"))) {
			List<Finding> checks = connection(language, wrong.bootstrapServers());
			assertThat(checks).extracting(Finding::name).containsExactly("broker", "advertised");
			assertThat(checks).extracting(Finding::ok).containsExactly(true, false);
			assertThat(checks.get(1).required()).isTrue();
			assertThat(checks.get(1).diagnosis()).isEqualTo("advertised-unknown-host");
			assertThat(checks.get(1).seen()).contains(wrong.bootstrapServers()).contains("kafka.invalid:9092");
		}
	}

	@Test
	void aBrokerThatSendsItsClientsToAnotherClusterIsSaidToDoSo() throws Exception {
		try (BrokerProcess wrong = BrokerProcess.start("DoctorIntegrationTests/other-cluster",
				Map.of("advertised.listeners", "PLAINTEXT://" + broker.bootstrapServers()))) {
			assertThat(connection(Language.EN, wrong.bootstrapServers())).extracting(Finding::diagnosis)
				.containsExactly(null, "advertised-other-cluster");
		}
	}

	@Test
	void aBrokerThatIsReachedAsItAdvertisesIsAsItShouldBe() {
		assertThat(connection(Language.EN, broker.bootstrapServers())).allMatch(Finding::ok)
			.extracting(Finding::name)
			.containsExactly("broker", "advertised");
	}

	@Test
	void anotherAddressThanTheBootstrapServersIsNamed() {
		List<Finding> checks = connection(Language.EN, "127.0.0.1:" + broker.port());
		assertThat(checks).allMatch(Finding::ok);
		assertThat(checks.get(1).seen()).contains("127.0.0.1:" + broker.port())
			.contains("other addresses")
			.contains(broker.bootstrapServers());
	}

	@Test
	void theSecondBootstrapServerStandsInForTheFirst() throws Exception {
		assertThat(connection(Language.EN, "localhost:%d,%s".formatted(TestLab.freePort(), broker.bootstrapServers())))
			.allMatch(Finding::ok);
	}

	@Test
	void securityThatTheBrokerDoesNotHaveIsARefusal() {
		Properties client = new Properties();
		client.putAll(Map.of("bootstrap.servers", broker.bootstrapServers(), "security.protocol", "SASL_PLAINTEXT",
				"sasl.mechanism", "PLAIN", "sasl.jaas.config",
				"org.apache.kafka.common.security.plain.PlainLoginModule required username='kim' password='kim';"));
		List<Finding> checks = new ConnectionChecks(Messages.in(Language.EN), broker.bootstrapServers(), client, true)
			.run();
		assertThat(checks).extracting(Finding::diagnosis).containsExactly("client-refused");
	}

	@Test
	void aTopicThatIsMissingIsSaidToBeWithTheOneThatWasMeant() throws Exception {
		create("near-orders", 1);
		Finding check = checks().topic("near-order", true).get(0);
		assertThat(check.ok()).isFalse();
		assertThat(check.required()).isTrue();
		assertThat(check.diagnosis()).isEqualTo("unknown-topic");
		assertThat(check.seen()).contains("near-orders");
		assertThat(check.remedy()).contains("--create --topic near-order ");
		assertThat(checks().topic("near-order", false).get(0).required()).isFalse();
		assertThat(checks().topic("near-orders", true).get(0).ok()).isTrue();
	}

	@Test
	void aGroupOfNobodyIsAHint() throws Exception {
		create("unread", 1);
		assertThat(checks().group("nobody", true, Optional.of("unread"))).extracting(Finding::diagnosis)
			.containsExactly("unknown-group");
	}

	@Test
	void lagIsCountedForEachPartitionAndIsNoFailure() throws Exception {
		create("lagging", 2);
		write("lagging", 0, 5);
		write("lagging", 1, 2);
		commit("laggards", "lagging", 0, 1);
		commit("laggards", "lagging", 1, 2);
		List<Finding> checks = checks().group("laggards", true, Optional.of("lagging"));
		assertThat(checks).extracting(Finding::diagnosis).containsExactly("no-members", null, "lag");
		assertThat(checks).noneMatch((check) -> !check.ok() && check.required());
		assertThat(checks.get(2).seen()).contains("lagging-0 (LAG 4)").doesNotContain("lagging-1");
		commit("laggards", "lagging", 0, 5);
		assertThat(checks().group("laggards", true, Optional.of("lagging")).get(2).ok()).isTrue();
	}

	@Test
	void aNamedClusterTopicOrGroupLeavesTheMachineOut() throws Exception {
		create("named", 1);
		commit("namers", "named", 0, 0);
		Result doctor = new LabProcess(TestLab.home("doctor").state()).run("doctor", "--json", "--bootstrap-server",
				broker.bootstrapServers(), "--topic", "named", "--group", "namers");
		assertThat(doctor.status()).as(doctor.output()).isZero();
		List<JsonNode> printed = doctor.output().lines().map(Json::read).toList();
		assertThat(printed).extracting((check) -> check.path("name").asString())
			.containsExactly("broker", "advertised", "topic", "group", "offsets", "lag");
		assertThat(printed.get(3).path("diagnosis").asString()).isEqualTo("no-members");
	}

	/**
	 * The lab's own topic has nothing to do with it.
	 */
	@Test
	void aNamedGroupIsCheckedWithItsOwnTopics() throws Exception {
		create("foreign", 1);
		commit("foreigners", "foreign", 0, 0);
		Result doctor = new LabProcess(TestLab.home("doctor").state()).run("doctor", "--json", "--bootstrap-server",
				broker.bootstrapServers(), "--group", "foreigners");
		assertThat(doctor.output().lines().map(Json::read)).extracting((check) -> check.path("name").asString())
			.containsExactly("broker", "advertised", "group", "offsets", "lag");
	}

	@Test
	void aMemberWithoutPartitionIsNamed() throws Exception {
		create("shared", 1);
		try (KafkaConsumer<String, String> one = consumer("sharers", "worker");
				KafkaConsumer<String, String> other = consumer("sharers", "spare")) {
			one.subscribe(List.of("shared"));
			Awaitility.await("the first member has the partition").until(() -> {
				one.poll(Duration.ofMillis(100));
				return one.assignment().size() == 1;
			});
			other.subscribe(List.of("shared"));
			Awaitility.await("the second member is in the group").untilAsserted(() -> {
				one.poll(Duration.ofMillis(100));
				other.poll(Duration.ofMillis(100));
				List<Finding> checks = checks().group("sharers", true, Optional.of("shared"));
				assertThat(checks).extracting(Finding::name).startsWith("group", "idle");
				assertThat(checks.get(0).ok()).isTrue();
				assertThat(checks.get(1).diagnosis()).isEqualTo("idle");
				assertThat(checks.get(1).required()).isFalse();
				assertThat(checks.get(1).seen()).contains("spare").doesNotContain("worker");
			});
		}
	}

	/**
	 * Two topics of one partition each, which the range assignor gives to one member.
	 */
	@Test
	void aMemberThatTheAssignorLeavesOutIsNotOneTooMany() throws Exception {
		create("range-x", 1);
		create("range-y", 1);
		try (KafkaConsumer<String, String> one = consumer("rangers", "one", "range");
				KafkaConsumer<String, String> other = consumer("rangers", "other", "range")) {
			one.subscribe(List.of("range-x", "range-y"));
			other.subscribe(List.of("range-x", "range-y"));
			Awaitility.await("both are members").untilAsserted(() -> {
				one.poll(Duration.ofMillis(100));
				other.poll(Duration.ofMillis(100));
				assertThat(checks().group("rangers", true, Optional.of("range-x"))).extracting(Finding::diagnosis)
					.startsWith(null, "idle-range");
			});
		}
	}

	/**
	 * Two members on one partition, as a share group (KIP-932) has them, and a start
	 * offset whose records are deleted: nothing is wrong with any of it.
	 */
	@Test
	void aShareGroupIsAsItShouldBe() throws Exception {
		create("together", 1);
		try (KafkaShareConsumer<String, String> one = shareConsumer("sharing", "one");
				KafkaShareConsumer<String, String> other = shareConsumer("sharing", "other")) {
			one.subscribe(List.of("together"));
			other.subscribe(List.of("together"));
			Awaitility.await("both read the partition").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
				one.poll(Duration.ofMillis(100));
				other.poll(Duration.ofMillis(100));
				assertThat(cluster.snapshot("sharing").partitions()).singleElement()
					.extracting(GroupSnapshot.Partition::readBy)
					.asInstanceOf(InstanceOfAssertFactories.LIST)
					.containsExactly("one", "other");
			});
			write("together", 0, 6);
			BrokerProcess.startShareGroup(admin, "unread-by-all", Map.of(new TopicPartition("together", 0), 2L));
			admin.deleteRecords(Map.of(new TopicPartition("together", 0), RecordsToDelete.beforeOffset(5))).all().get();
			List<Finding> checks = checks().group("sharing", true, Optional.of("together"));
			assertThat(checks.subList(0, 2)).allMatch(Finding::ok);
			assertThat(checks).noneMatch((check) -> !check.ok() && check.required());
			assertThat(checks().group("unread-by-all", true, Optional.of("together"))).extracting(Finding::diagnosis)
				.as("no offset is out of range: no member chooses where to begin")
				.containsExactly("no-members", "lag");
		}
	}

	@Test
	void statusFailsWhereTheTopicOrTheGroupThatIsNamedDoesNotExist() throws Exception {
		create("present", 1);
		commit("presenters", "present", 0, 0);
		assertThat(status("presenters", "nope")).isEqualTo(1);
		assertThat(status("nosuch", "present")).isEqualTo(1);
		assertThat(status("presenters", "present")).isZero();
	}

	private static int status(String group, String topic) {
		return new CommandLine(new StatusCommand()).setResourceBundle(Messages.in(Language.EN).bundle())
			.execute("--bootstrap-server", broker.bootstrapServers(), "--group", group, "--topic", topic);
	}

	/**
	 * A group that reads two topics, of which one may not be seen any more.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "classic", "consumer" })
	void aTopicThatMayNotBeSeenIsNamedAndTheRestIsShown(String protocol) throws Exception {
		String seen = "seen-" + protocol;
		String secret = "secret-" + protocol;
		String group = "readers-" + protocol;
		create(seen, 1);
		create(secret, 1);
		AclBinding acl = new AclBinding(new ResourcePattern(ResourceType.TOPIC, secret, PatternType.LITERAL),
				new AccessControlEntry("User:kim", "*", AclOperation.ALL, AclPermissionType.ALLOW));
		try (KafkaConsumer<String, String> reader = new KafkaConsumer<>(Map.of("bootstrap.servers",
				broker.bootstrapServers(), "group.id", group, "client.id", "reader", "group.protocol", protocol),
				new StringDeserializer(), new StringDeserializer())) {
			reader.subscribe(List.of(seen, secret));
			Awaitility.await("it reads both").until(() -> {
				reader.poll(Duration.ofMillis(100));
				return reader.assignment().size() == 2;
			});
			reader.commitSync(Map.of(new TopicPartition(seen, 0), new OffsetAndMetadata(0)));
			admin.createAcls(List.of(acl)).all().get();
			Awaitility.await("the right is withdrawn").untilAsserted(() -> {
				GroupSnapshot snapshot = cluster.countedSnapshot(group, secret);
				assertThat(snapshot.hiddenTopics()).containsExactly(secret);
				assertThat(snapshot.partitions()).extracting(GroupSnapshot.Partition::name)
					.containsExactly(seen + "-0");
				assertThat(snapshot.membersHidden()).as("Kafka hides all members under KIP-848")
					.isEqualTo(protocol.equals("consumer"));
			});
			assertThat(checks().topic(secret, true).get(0).diagnosis()).isEqualTo("hidden-topic");
			assertThat(checks().group(group, true, Optional.empty()).get(0).diagnosis())
				.isEqualTo(protocol.equals("consumer") ? "hidden-members" : null);
			assertThat(status(group, seen)).isZero();
		}
		finally {
			admin.deleteAcls(List.of(acl.toFilter())).all().get();
		}
	}

	/**
	 * A share group (KIP-932) of which a topic may not be seen any more: Kafka tells
	 * nothing of the members, and the offsets of the other topic.
	 */
	@Test
	void aTopicOfAShareGroupThatMayNotBeSeenIsNamedAndTheRestIsShown() throws Exception {
		create("seen-share", 1);
		create("secret-share", 1);
		BrokerProcess.startShareGroup(admin, "sharing-secrets",
				Map.of(new TopicPartition("seen-share", 0), 0L, new TopicPartition("secret-share", 0), 0L));
		AclBinding acl = hiding("secret-share");
		try (KafkaShareConsumer<String, String> member = shareConsumer("sharing-secrets", "member")) {
			member.subscribe(List.of("seen-share", "secret-share"));
			Awaitility.await("it reads both").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
				member.poll(Duration.ofMillis(100));
				assertThat(cluster.snapshot("sharing-secrets").partitions()).extracting(GroupSnapshot.Partition::readBy)
					.containsExactly(List.of("member"), List.of("member"));
			});
			admin.createAcls(List.of(acl)).all().get();
			Awaitility.await("the right is withdrawn").untilAsserted(() -> {
				GroupSnapshot group = cluster.countedSnapshot("sharing-secrets", "secret-share");
				assertThat(group.protocol()).isEqualTo("Share");
				assertThat(group.membersHidden()).isTrue();
				assertThat(group.hiddenTopics()).containsExactly("secret-share");
				assertThat(group.partitions()).extracting(GroupSnapshot.Partition::name)
					.containsExactly("seen-share-0");
			});
			assertThat(checks().group("sharing-secrets", true, Optional.empty()).get(0).diagnosis())
				.isEqualTo("hidden-members");
			assertThat(status("sharing-secrets", "seen-share")).isZero();
		}
		finally {
			admin.deleteAcls(List.of(acl.toFilter())).all().get();
		}
	}

	private static AclBinding hiding(String topic) {
		return new AclBinding(new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
				new AccessControlEntry("User:kim", "*", AclOperation.ALL, AclPermissionType.ALLOW));
	}

	/**
	 * A member of a Streams group (KIP-1071) as the broker sees one: a heartbeat. Then
	 * the topic that it reads may not be seen any more.
	 */
	@Test
	void aGroupOfKafkaStreamsIsAGroup() throws Exception {
		create("streamed", 1);
		StreamsGroupHeartbeatRequestData heartbeat = new StreamsGroupHeartbeatRequestData().setGroupId("streaming")
			.setMemberId(Uuid.randomUuid().toString())
			.setMemberEpoch(0)
			.setProcessId("process")
			.setRebalanceTimeoutMs(5000)
			.setActiveTasks(List.of())
			.setStandbyTasks(List.of())
			.setWarmupTasks(List.of())
			.setClientTags(List.of())
			.setTopology(new StreamsGroupHeartbeatRequestData.Topology().setEpoch(1)
				.setSubtopologies(List.of(new StreamsGroupHeartbeatRequestData.Subtopology().setSubtopologyId("0")
					.setSourceTopics(List.of("streamed")))));
		short version = ApiKeys.STREAMS_GROUP_HEARTBEAT.latestVersion();
		ByteBuffer request = new StreamsGroupHeartbeatRequest.Builder(heartbeat).build(version)
			.serializeWithHeader(new RequestHeader(ApiKeys.STREAMS_GROUP_HEARTBEAT, version, "stream-1", 1));
		Awaitility.await("it has joined").untilAsserted(() -> {
			try (Socket socket = new Socket("localhost", broker.port())) {
				socket.getOutputStream()
					.write(ByteBuffer.allocate(Integer.BYTES + request.remaining())
						.putInt(request.remaining())
						.put(request.duplicate())
						.array());
				socket.getInputStream().read();
			}
			GroupSnapshot group = cluster.snapshot("streaming");
			assertThat(group.protocol()).isEqualTo("Streams");
			assertThat(group.members()).extracting(GroupSnapshot.Member::clientId).containsExactly("stream-1");
		});
		assertThat(checks().group("streaming", true, Optional.empty()).get(0).ok()).isTrue();
		AclBinding acl = hiding("streamed");
		admin.createAcls(List.of(acl)).all().get();
		try {
			Awaitility.await("the right is withdrawn").untilAsserted(() -> {
				GroupSnapshot group = cluster.snapshot("streaming", "streamed");
				assertThat(group.protocol()).isEqualTo("Streams");
				assertThat(group.membersHidden()).isTrue();
				assertThat(group.hiddenTopics()).containsExactly("streamed");
			});
		}
		finally {
			admin.deleteAcls(List.of(acl.toFilter())).all().get();
		}
	}

	/**
	 * Two records and the marker of a transaction, two aborted records and their marker,
	 * and three records of one that is open. A group may read with the default isolation
	 * level; only of the lab's own it is known that it does not.
	 */
	@Test
	void markersAreNoLagAndRecordsOfAbortedAndOpenTransactionsAreForGroupsThatMayReadThem() throws Exception {
		create("transactions", 1);
		TopicPartition partition = new TopicPartition("transactions", 0);
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "doctor"),
				new StringSerializer(), new StringSerializer())) {
			producer.initTransactions();
			transaction(producer, 2);
			producer.commitTransaction();
			transaction(producer, 2);
			producer.abortTransaction();
			commit("transacted", "transactions", 0, 2);
			Awaitility.await("the marker of the aborted transaction is written")
				.untilAsserted(() -> assertThat(cluster.countedSnapshot("transacted").partitions()).singleElement()
					.satisfies((read) -> {
						assertThat(read.lastStable()).isNull();
						assertThat(read.lag()).isEqualTo(2);
						assertThat(read.inTransactions()).isEqualTo(2);
						assertThat(read.kafkaLag()).isEqualTo(4);
					}));
			assertThat(checks().group("transacted", true, Optional.of("transactions")).get(2)).satisfies((lag) -> {
				assertThat(lag.diagnosis()).isEqualTo("lag");
				assertThat(lag.seen()).contains("transactions-0 (LAG 2)", "Of these records, 2 are in aborted");
			});
			commit("product", "transactions", 0, 2);
			JsonNode lab = statusOfTheLabsOwnGroup();
			assertThat(lab.at("/partitions/0/lag").asLong(-1)).isZero();
			assertThat(lab.at("/partitions/0/kafkaLag").asLong()).isEqualTo(4);
			assertThat(lab.path("remarks").findValuesAsString("key")).containsExactly("verdict.not-records");
			commit("transacted", "transactions", 0, 0);
			assertThat(cluster.countedSnapshot("transacted").partitions().get(0)).satisfies((read) -> {
				assertThat(read.lag()).isEqualTo(4);
				assertThat(read.inTransactions()).isEqualTo(2);
			});
			transaction(producer, 3);
			commit("transacted", "transactions", 0, 6);
			Awaitility.await("the records of the open transaction are written").untilAsserted(() -> {
				assertThat(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
					.partitionResult(partition)
					.get()
					.offset()).isEqualTo(9);
				assertThat(cluster.countedSnapshot("transacted").partitions().get(0)).satisfies((read) -> {
					assertThat(read.lastStable()).isEqualTo(6);
					assertThat(read.lag()).isEqualTo(3);
					assertThat(read.inTransactions()).isEqualTo(3);
				});
			});
			assertThat(checks().group("transacted", true, Optional.of("transactions"))).extracting(Finding::diagnosis)
				.containsExactly("no-members", null, "lag", "open-transaction");
			commit("product", "transactions", 0, 6);
			assertThat(statusOfTheLabsOwnGroup().at("/partitions/0/lag").asLong(-1)).isZero();
			producer.abortTransaction();
		}
	}

	private static JsonNode statusOfTheLabsOwnGroup() throws Exception {
		LabHome home = TestLab.home("doctor-transactions");
		home.noteBootstrapServers(broker.bootstrapServers());
		return Json.read(new LabProcess(home.state()).run("status", "--json").output());
	}

	private static void transaction(KafkaProducer<String, String> producer, int records) {
		producer.beginTransaction();
		for (int i = 0; i < records; i++) {
			producer.send(new ProducerRecord<>("transactions", 0, null, "record"));
		}
		producer.flush();
	}

	@Test
	void aTopicIsNotGivenMorePartitionsThanALabNeeds() throws Exception {
		create("grown", 1);
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> cluster.topics().grow("grown", 100_000))
			.withMessageContaining("at most 100");
		assertThat(cluster.topics().grow("grown", 3).partitions()).isEqualTo(3);
	}

	@Test
	void anOffsetWhoseRecordsAreDeletedIsOutOfRange() throws Exception {
		create("expired", 1);
		write("expired", 0, 6);
		commit("slow", "expired", 0, 2);
		admin.deleteRecords(Map.of(new TopicPartition("expired", 0), RecordsToDelete.beforeOffset(5))).all().get();
		Finding check = checks().group("slow", true, Optional.of("expired")).get(1);
		assertThat(check.required()).isTrue();
		assertThat(check.diagnosis()).isEqualTo("offset-out-of-range");
		assertThat(check.seen()).contains("committed offset 2", "begins at 5", "ends at 6", "auto.offset.reset");
		assertThat(check.remedy()).contains("--reset-offsets --to-earliest");
	}

	/**
	 * The oldest unread record is 50 minutes old, of a topic that keeps its records for
	 * an hour.
	 */
	@Test
	void unreadRecordsThatRetentionDeletesSoonAreAHint() throws Exception {
		admin.createTopics(List.of(new NewTopic("aging", 1, (short) 1).configs(Map.of("retention.ms", "3600000"))))
			.all()
			.get();
		long written = Instant.now().minus(Duration.ofMinutes(50)).toEpochMilli();
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
				new StringSerializer())) {
			producer.send(new ProducerRecord<>("aging", 0, written, null, "read")).get();
			producer.send(new ProducerRecord<>("aging", 0, written, null, "unread")).get();
			producer.send(new ProducerRecord<>("aging", 0, null, null, "new")).get();
		}
		commit("late", "aging", 0, 1);
		List<Finding> checks = checks().group("late", true, Optional.of("aging"));
		assertThat(checks).last().satisfies((near) -> {
			assertThat(near.diagnosis()).isEqualTo("deletable");
			assertThat(near.required()).isFalse();
			assertThat(near.seen()).matches("Retention may delete unread records of aging-0 in [89] min .*");
		});
		commit("late", "aging", 0, 2);
		assertThat(checks().group("late", true, Optional.of("aging"))).extracting(Finding::diagnosis)
			.doesNotContain("deletable");
	}

	@Test
	void anOffsetBeyondTheEndIsOutOfRange() throws Exception {
		create("cut", 1);
		write("cut", 0, 3);
		commit("ahead", "cut", 0, 9);
		List<Finding> checks = checks().group("ahead", true, Optional.of("cut"));
		assertThat(checks.get(1).diagnosis()).isEqualTo("offset-out-of-range");
		assertThat(checks.get(1).seen()).contains("committed offset 9", "ends at 3");
		assertThat(checks.get(2).diagnosis()).isEqualTo("lag-unknown");
		assertThat(checks.get(2).seen()).contains("not known for cut-0");
	}

	private static List<Finding> connection(Language language, String bootstrapServers) {
		Properties client = new Properties();
		client.put("bootstrap.servers", bootstrapServers);
		return new ConnectionChecks(Messages.in(language), bootstrapServers, client, true).run();
	}

	private static GroupChecks checks() {
		return new GroupChecks(Messages.in(Language.EN), broker.bootstrapServers(), cluster);
	}

	/**
	 * Returns when the broker lists it, which is a little after the controller has
	 * created it.
	 */
	private static void create(String topic, int partitions) throws Exception {
		admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
		Awaitility.await("the broker knows the topic")
			.atMost(Duration.ofMinutes(1))
			.until(() -> admin.listTopics().names().get().contains(topic));
	}

	private static void write(String topic, int partition, int records) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
				new StringSerializer())) {
			for (int i = 0; i < records; i++) {
				producer.send(new ProducerRecord<>(topic, partition, null, "record"));
			}
		}
	}

	private static void commit(String group, String topic, int partition, long offset) {
		BrokerProcess.commit(admin, group, new TopicPartition(topic, partition), offset);
	}

	private static KafkaShareConsumer<String, String> shareConsumer(String group, String clientId) {
		return new KafkaShareConsumer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", group, "client.id", clientId),
				new StringDeserializer(), new StringDeserializer());
	}

	private static KafkaConsumer<String, String> consumer(String group, String clientId) {
		return consumer(group, clientId, "uniform");
	}

	private static KafkaConsumer<String, String> consumer(String group, String clientId, String assignor) {
		return new KafkaConsumer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", group, "client.id", clientId,
						"group.protocol", "consumer", "group.remote.assignor", assignor),
				new StringDeserializer(), new StringDeserializer());
	}

}
