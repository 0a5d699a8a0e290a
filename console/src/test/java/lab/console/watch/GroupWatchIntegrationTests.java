package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import lab.console.fault.BrokerProcess;
import lab.console.fault.TestLab;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.Retention;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.watch.AssignmentChange.Origin;
import lab.console.watch.GroupView.Broker.BrokerState;
import lab.console.watch.GroupView.MemberView;
import lab.console.watch.GroupView.PartitionView;
import lab.console.watch.GroupView.RecordView;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Watches groups of plain consumers, which know nothing of the lab, on a real broker.
 */
class GroupWatchIntegrationTests {

	private static BrokerProcess broker;

	private static Admin admin;

	@BeforeAll
	static void start() throws Exception {
		broker = BrokerProcess.start("GroupWatchIntegrationTests/broker",
				Map.of("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
						"allow.everyone.if.no.acl.found", "true", "log.retention.check.interval.ms", "1000",
						"log.initial.task.delay.ms", "1000"));
		admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
	}

	@AfterAll
	static void stop() throws Exception {
		admin.close(Duration.ZERO);
		broker.close();
	}

	/**
	 * An empty group with five records to read; two members; a second partition; one
	 * member leaves.
	 */
	@ParameterizedTest
	@CsvSource({ "classic, Classic", "consumer, Consumer" })
	void followsAGroupThatPublishesNothing(String protocol, String shown) throws Exception {
		String group = "plain-" + protocol;
		String topic = "orders-" + protocol;
		createTopic(topic, 1);
		send(topic, 5);
		commit(group, topic, 0);
		try (Watched watched = new Watched(broker.bootstrapServers(), group, null)) {
			watched.await("nobody is there", (view) -> {
				assertThat(view.verdict().key()).isEqualTo("verdict.simple");
				assertThat(view.verdict().values()).containsExactly(group, "5");
				assertThat(group(view).state()).isEqualTo("Empty");
				assertThat(group(view).assignor()).isNull();
			});
			Consumers consumers = new Consumers(protocol, group, topic, "one", "two");
			watched.await("one of two is idle", (view) -> {
				assertThat(group(view).protocol()).isEqualTo(shown);
				assertThat(view.verdict().key()).isEqualTo("verdict.idle");
				assertThat(view.members().keySet()).containsExactly("one", "two");
				assertThat(members(view)).filteredOn(Member::idle).hasSize(1);
				assertThat(partition(view, topic + "-0").owner()).isIn("one", "two");
				assertThat(partition(view, topic + "-0").lag()).isEqualTo(5);
				assertThat(view.partitions().get(topic + "-0").records()).hasSize(5)
					.as("only the lab's own records are shown")
					.allSatisfy((record) -> assertThat(record.text()).isNull());
			});
			admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
			watched.await("the new partition has its owner", (view) -> {
				assertThat(members(view)).noneMatch(Member::idle);
				assertThat(lastRebalance(view)).hasValueSatisfying((rebalance) -> {
					assertThat(rebalance.source()).isEqualTo(Origin.INFERRED);
					assertThat(rebalance.after()).isEqualTo(owners(view)).hasSize(2);
					assertThat(rebalance.stood()).isEmpty();
				});
			});
			consumers.leave("one");
			watched.await("the other one has it all", (view) -> {
				assertThat(owners(view)).isEqualTo(Map.of(topic + "-0", "two", topic + "-1", "two"));
				assertThat(lastRebalance(view)).hasValueSatisfying((rebalance) -> {
					assertThat(rebalance.after()).isEqualTo(owners(view));
					assertThat(rebalance.causes()).extracting(Rebalance.Cause::key).contains("cause.gone");
					assertThat(rebalance.causes()).extracting(Rebalance.Cause::observed).containsOnly(false);
				});
				assertThat(view.timeline().lanes().get("one")).last()
					.extracting(GroupView.OwnedFrom::kind)
					.isEqualTo(AssignmentChange.ChangeKind.GONE);
			});
			consumers.close();
		}
	}

	/**
	 * Kafka does not tell of a topic that may not be described whether it exists.
	 */
	@Test
	void followsAGroupWhoseMembersMayPublishWhereNobodyMayLook() throws Exception {
		createTopic("orders-strict", 1);
		send("orders-strict", 3);
		commit("strict", "orders-strict", 0);
		AclBinding acl = new AclBinding(new ResourcePattern(ResourceType.TOPIC, "strict_", PatternType.PREFIXED),
				new AccessControlEntry("User:kim", "*", AclOperation.ALL, AclPermissionType.ALLOW));
		admin.createAcls(List.of(acl)).all().get();
		try (Watched watched = new Watched(broker.bootstrapServers(), "strict", null)) {
			watched.await("the group is shown", (view) -> {
				assertThat(view.broker().state()).isEqualTo(BrokerState.UP);
				assertThat(partition(view, "orders-strict-0").lag()).isEqualTo(3);
			});
		}
		finally {
			admin.deleteAcls(List.of(acl.toFilter())).all().get();
		}
	}

	/**
	 * Twelve records and the marker of their transaction, twelve aborted ones and theirs,
	 * those of the first read; then twelve of a transaction that is open. The cluster
	 * does not tell the isolation level of the members, so that all but the markers is
	 * lag.
	 */
	@Test
	void markersAreNoLagAndRecordsOfAbortedAndOpenTransactionsAreSaid() throws Exception {
		createTopic("orders-transactions", 1);
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "orders"),
				new StringSerializer(), new StringSerializer());
				Consumers consumers = new Consumers("consumer", "transacted", "orders-transactions",
						Map.of("isolation.level", "read_committed"), "one");
				Watched watched = new Watched(broker.bootstrapServers(), "transacted", "orders-transactions")) {
			watched.await("it reads",
					(view) -> assertThat(partition(view, "orders-transactions-0").owner()).isEqualTo("one"));
			producer.initTransactions();
			transaction(producer, 12);
			producer.commitTransaction();
			consumers.commit("one", new TopicPartition("orders-transactions", 0), 12);
			transaction(producer, 12);
			producer.abortTransaction();
			watched.await("the aborted records are told apart", (view) -> {
				assertThat(partition(view, "orders-transactions-0")).satisfies((read) -> {
					assertThat(read.end()).isEqualTo(26);
					assertThat(read.lag()).isEqualTo(12);
					assertThat(read.inTransactions()).isEqualTo(12);
					assertThat(read.kafkaLag()).isEqualTo(14);
				});
				assertThat(view.lag().get(view.lag().lastKey())).containsEntry("total", 12L);
				assertThat(view.verdict()).isEqualTo(new Verdict(Verdict.Level.NOTE, "verdict.in-transactions",
						List.of("12", "orders-transactions-0 (12)")));
				assertThat(view.partitions().get("orders-transactions-0").records()).as("those committed")
					.extracting(RecordView::offset)
					.containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
			});
			transaction(producer, 12);
			watched.await("the transaction is named", (view) -> {
				assertThat(partition(view, "orders-transactions-0").lag()).isEqualTo(24);
				assertThat(view.verdict()).isEqualTo(new Verdict(Verdict.Level.WAIT, "verdict.open-transaction-any",
						List.of("12", "orders-transactions-0 (26)")));
			});
			producer.commitTransaction();
			watched.await("its records are lag for every member", (view) -> {
				assertThat(partition(view, "orders-transactions-0")).satisfies((read) -> {
					assertThat(read.lag()).isEqualTo(24);
					assertThat(read.inTransactions()).isEqualTo(12);
				});
				assertThat(view.verdict()).isEqualTo(new Verdict(Verdict.Level.NOTE, "verdict.behind",
						List.of("24", "24", "orders-transactions-0 (one)")));
			});
		}
	}

	private static void transaction(KafkaProducer<String, String> producer, int records) {
		producer.beginTransaction();
		for (int i = 0; i < records; i++) {
			producer.send(new ProducerRecord<>("orders-transactions", "secret " + i));
		}
		producer.flush();
	}

	/**
	 * Share (KIP-932): two members read the only partition, one of them leaves, the other
	 * reads on.
	 */
	@Test
	void followsAShareGroupWhoseMembersReadOnePartitionTogether() throws Exception {
		createTopic("orders-share", 1);
		beginWithTheEarliest("sharers");
		try (Watched watched = new Watched(broker.bootstrapServers(), "sharers", "orders-share");
				Sharers sharers = new Sharers("sharers", "orders-share", "one", "two")) {
			watched.await("both read the only partition", (view) -> {
				assertThat(group(view).protocol()).isEqualTo("Share");
				assertThat(view.group().timings().lockMs()).as("as Kafka ships it").isEqualTo(30_000);
				assertThat(group(view).groupEpoch()).isEqualTo(group(view).assignmentEpoch());
				assertThat(view.members().keySet()).containsExactly("one", "two");
				assertThat(members(view)).noneMatch(Member::idle)
					.allSatisfy((member) -> assertThat(member.assigned()).containsExactly("orders-share-0"));
				assertThat(partition(view, "orders-share-0").readers()).containsExactly("one", "two");
				assertThat(partition(view, "orders-share-0").owner()).isNull();
				assertThat(view.verdict())
					.isEqualTo(new Verdict(Verdict.Level.OK, "verdict.shared", List.of("2", "1")));
			});
			send("orders-share", 20);
			watched.await("everything is settled, wherever the start offset is",
					(view) -> assertThat(partition(view, "orders-share-0").lag()).isZero());
			// it is noted with what is settled next
			send("orders-share", 1);
			watched.await("the start offset has followed", (view) -> {
				assertThat(partition(view, "orders-share-0").committed()).isBetween(20L, 21L);
				assertThat(partition(view, "orders-share-0").lag()).isZero();
			});
			sharers.leave("one");
			watched.await("the other one reads on", (view) -> {
				assertThat(partition(view, "orders-share-0").readers()).containsExactly("two");
				assertThat(lastRebalance(view)).hasValueSatisfying((rebalance) -> {
					assertThat(rebalance.before()).isEqualTo(Map.of("orders-share-0", "one, two"));
					assertThat(rebalance.after()).isEqualTo(Map.of("orders-share-0", "two"));
					assertThat(rebalance.kept()).containsExactly("orders-share-0");
					assertThat(rebalance.open()).isFalse();
					assertThat(rebalance.causes()).extracting(Rebalance.Cause::key).containsExactly("cause.gone");
				});
				assertThat(view.feed().values()).extracting(GroupView.FeedEntry::key).contains("event.seen-shared");
				assertThat(view.feed().values()).extracting(GroupView.FeedEntry::command)
					.contains("kafka-share-groups --bootstrap-server %s --describe --group sharers --members --verbose"
						.formatted(broker.bootstrapServers()));
			});
		}
		assertThat(snapshotOf("sharers").state()).as("a share group that everybody left is still known")
			.isEqualTo("Empty");
	}

	/**
	 * A static member that stops is a member until its session ends, and KIP-848 shows
	 * that it is away.
	 */
	@Test
	void tellsAStaticMemberThatStoppedFromOneThatReads() throws Exception {
		createTopic("orders-static", 1);
		try (Watched watched = new Watched(broker.bootstrapServers(), "fixed", "orders-static")) {
			Consumers consumers = new Consumers("consumer", "fixed", "orders-static",
					Map.of("group.instance.id", "rack-1"), "one");
			watched.await("it reads", (view) -> {
				assertThat(view.verdict().key()).isEqualTo("verdict.even");
				assertThat(view.members().get("one").snapshot().groupInstanceId()).isEqualTo("rack-1");
			});
			consumers.close();
			watched.await("it is expected back", (view) -> {
				assertThat(view.verdict().key()).isEqualTo("verdict.static");
				assertThat(view.members().get("one").silentSince()).isNotNull();
				assertThat(partition(view, "orders-static-0").owner()).isEqualTo("one");
			});
		}
	}

	/**
	 * A paused process is not told from one that never joined but by the lab.
	 */
	@Test
	void aGroupIsNotWellWhileAPausedProductIsOutOfIt() throws Exception {
		createTopic("orders-paused", 1);
		Map<String, InstanceState> lab = Map.of("order", paused(8081), "product1", paused(8082), "product2",
				paused(8083), "product3", new InstanceState(8084, InstanceState.State.STOPPED, null));
		try (Watched watched = new Watched(broker.bootstrapServers(), "paused", "orders-paused", lab)) {
			Consumers consumers = new Consumers("consumer", "paused", "orders-paused", "one");
			watched.await("the product that is not a member is named", (view) -> assertThat(view.verdict())
				.isEqualTo(new Verdict(Verdict.Level.NOTE, "verdict.paused-apart", List.of("product1"))));
			consumers.close();
		}
	}

	private static InstanceState paused(int port) {
		return new InstanceState(port, InstanceState.State.PAUSED, null);
	}

	/**
	 * Two members, of which the second commits nothing any more, and then leaves: nobody
	 * publishes that.
	 */
	@Test
	void saysWhereNothingIsCommittedInAForeignClassicGroupAndHowLongItStoodStill() throws Exception {
		TopicPartition moving = new TopicPartition("orders-stalled", 0);
		TopicPartition stalled = new TopicPartition("orders-stalled", 1);
		createTopic("orders-stalled", 2);
		BrokerProcess.commit(admin, "stalled", moving, 0);
		BrokerProcess.commit(admin, "stalled", stalled, 0);
		send(moving, 1000, System.currentTimeMillis());
		try (Watched watched = new Watched(broker.bootstrapServers(), "stalled", "orders-stalled");
				Consumers consumers = new Consumers("classic", "stalled", "orders-stalled",
						Map.of("heartbeat.interval.ms", 500), "one", "two")) {
			watched.await("each reads one", (view) -> assertThat(owners(view))
				.isEqualTo(Map.of("orders-stalled-0", "one", "orders-stalled-1", "two")));
			// what waited before the watch began may have waited for any time
			send(stalled, 20, System.currentTimeMillis());
			AtomicLong next = new AtomicLong();
			watched.await("one commits, two does not", (view) -> {
				consumers.commit("one", moving, next.incrementAndGet());
				assertThat(view.verdict().key()).isEqualTo("verdict.stalled");
				assertThat(view.verdict().level()).isEqualTo(Verdict.Level.WAIT);
				assertThat(view.verdict().values()).startsWith("orders-stalled-1").endsWith("two");
				assertThat(view.partitions().get("orders-stalled-1").stalledSince()).isNotNull();
				assertThat(view.partitions().get("orders-stalled-0").stalledSince()).isNull();
				assertThat(view.feed().values()).extracting(GroupView.FeedEntry::key).containsOnlyOnce("event.stalled");
			});
			consumers.leave("two");
			watched.await("one has both", (view) -> {
				assertThat(owners(view)).isEqualTo(Map.of("orders-stalled-0", "one", "orders-stalled-1", "one"));
				assertThat(lastRebalance(view)).hasValueSatisfying((rebalance) -> {
					assertThat(rebalance.stood()).as("nobody tells it to the millisecond").isEmpty();
					assertThat(rebalance.about()).as("since its last commit, at most")
						.hasEntrySatisfying("orders-stalled-1",
								(about) -> assertThat(about.most()).isGreaterThan(10_000));
				});
			});
			consumers.commit("one", stalled, 20);
			watched.await("nothing is stalled", (view) -> {
				assertThat(view.partitions().get("orders-stalled-1").stalledSince()).isNull();
				assertThat(view.feed().values()).extracting(GroupView.FeedEntry::key).contains("event.stall-over");
			});
		}
	}

	/**
	 * Records that are 50 minutes old, of a topic that keeps them for an hour, and then
	 * for ten minutes only.
	 */
	@Test
	void saysWhenRetentionMayDeleteUnreadRecordsAndHowManyItHasDeleted() throws Exception {
		TopicPartition partition = new TopicPartition("orders-aging", 0);
		admin
			.createTopics(
					List.of(new NewTopic("orders-aging", 1, (short) 1).configs(Map.of("retention.ms", "3600000"))))
			.all()
			.get();
		send(partition, 20, System.currentTimeMillis() - Duration.ofMinutes(50).toMillis());
		commit("aging", "orders-aging", 5);
		try (Watched watched = new Watched(broker.bootstrapServers(), "aging", "orders-aging");
				Consumers consumers = new Consumers("classic", "aging", "orders-aging", "one")) {
			watched.await("it is near", (view) -> {
				assertThat(view.verdict().key()).isEqualTo("verdict.deletable-minutes");
				assertThat(view.verdict().values()).startsWith("orders-aging-0");
				assertThat(view.partitions().get("orders-aging-0").retention())
					.isEqualTo(new Retention(3_600_000L, null));
				assertThat(view.partitions().get("orders-aging-0").deletableFrom())
					.isBetween(Instant.now().plus(Duration.ofMinutes(5)), Instant.now().plus(Duration.ofMinutes(10)));
			});
			admin
				.incrementalAlterConfigs(
						Map.of(new ConfigResource(ConfigResource.Type.TOPIC, "orders-aging"),
								List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "600000"),
										AlterConfigOp.OpType.SET))))
				.all()
				.get();
			watched.await("it is done", (view) -> {
				assertThat(view.verdict()).isEqualTo(
						new Verdict(Verdict.Level.BAD, "verdict.deleted", List.of("15", "orders-aging-0 (5 < 20)")));
				assertThat(view.feed().values()).filteredOn((event) -> event.key().equals("event.deleted-unread"))
					.singleElement()
					.extracting(GroupView.FeedEntry::values)
					.isEqualTo(List.of("orders-aging-0", "15"));
				assertThat(view.partitions().get("orders-aging-0").deletableFrom()).isNull();
			});
		}
	}

	/**
	 * Reading the configs of a topic is authorized apart.
	 */
	@Test
	void saysNothingOfRetentionWhereTheConfigsMayNotBeRead() throws Exception {
		createTopic("orders-secret", 1);
		commit("secret", "orders-secret", 0);
		AclBinding acl = new AclBinding(new ResourcePattern(ResourceType.TOPIC, "orders-secret", PatternType.LITERAL),
				new AccessControlEntry("User:*", "*", AclOperation.DESCRIBE_CONFIGS, AclPermissionType.DENY));
		AclBinding rest = new AclBinding(new ResourcePattern(ResourceType.TOPIC, "orders-secret", PatternType.LITERAL),
				new AccessControlEntry("User:*", "*", AclOperation.READ, AclPermissionType.ALLOW));
		admin.createAcls(List.of(acl, rest)).all().get();
		try (Watched watched = new Watched(broker.bootstrapServers(), "secret", "orders-secret")) {
			watched.await("the group is shown", (view) -> {
				assertThat(view.broker().state()).isEqualTo(BrokerState.UP);
				assertThat(view.partitions().get("orders-secret-0").retention()).isNull();
			});
		}
		finally {
			admin.deleteAcls(List.of(acl.toFilter(), rest.toFilter())).all().get();
		}
	}

	@Test
	void groupsOfEveryTypeAreDeletedByTheirPrefix() throws Exception {
		createTopic("kim-orders", 1);
		createTopic("kim-accounts", 1);
		createTopic("lee-orders", 1);
		commit("kim-product", "kim-orders", 0);
		try (Sharers kims = new Sharers("kim-sharers", "kim-orders", "one");
				Sharers lees = new Sharers("lee-sharers", "lee-orders", "one")) {
			Awaitility.await("both read").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
				assertThat(snapshotOf("kim-sharers").activePartitions())
					.anyMatch((partition) -> !partition.readBy().isEmpty());
				assertThat(snapshotOf("lee-sharers").activePartitions())
					.anyMatch((partition) -> !partition.readBy().isEmpty());
			});
		}
		try (Cluster cluster = Cluster.connect(options())) {
			assertThat(cluster.prefixed("kim-").all()).containsExactly("kim-accounts", "kim-orders", "kim-product",
					"kim-sharers");
			cluster.prefixed("kim-")
				.delete(Set.of("kim-orders", "kim-product", "kim-sharers", "kim-missing", "lee-orders"));
			Awaitility.await("only what is not named is left")
				.untilAsserted(() -> assertThat(cluster.prefixed("kim-").all()).containsExactly("kim-accounts"));
			cluster.prefixed("kim-").delete();
			Awaitility.await("nothing is left")
				.untilAsserted(() -> assertThat(cluster.prefixed("kim-").all()).isEmpty());
			assertThat(cluster.prefixed("lee-").all()).as("somebody else's")
				.containsExactly("lee-orders", "lee-sharers");
		}
	}

	/**
	 * Anybody may write to the topics that members publish to. What is no event does not
	 * keep the watch from showing what is.
	 */
	@Test
	void passesOverEventsThatAreMalformed() throws Exception {
		createTopic("orders-malformed", 1);
		createTopic("malformed_rebalances", 1);
		createTopic("malformed_handled", 1);
		commit("malformed", "orders-malformed", 0);
		publish("malformed_rebalances", event("mallory", "x"));
		publish("malformed_handled", "{\"orderId\":\"1\",\"instance\":\"mallory\",\"partition\":\"x\"}");
		publish("malformed_rebalances", event("before", "orders-malformed-0"));
		try (Watched watched = new Watched(broker.bootstrapServers(), "malformed", "orders-malformed")) {
			watched.await("a watch shows the event that was published before it began",
					(view) -> assertThat(view.timeline().lanes()).containsOnlyKeys("before"));
			publish("malformed_rebalances", event("mallory", "x"));
			publish("malformed_rebalances", event("after", "orders-malformed-0"));
			watched.await("a watch shows the events that are published from then on",
					(view) -> assertThat(view.timeline().lanes()).containsOnlyKeys("before", "after"));
		}
	}

	private static String event(String instance, String partition) {
		return """
				{"type":"PartitionsAssigned","instance":"%s","partitions":["%s"],"owned":["%2$s"],"epoch":1,"at":"%s"}
				""".formatted(instance, partition, Instant.now());
	}

	private static void publish(String topic, String value) throws Exception {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
				new StringSerializer())) {
			producer.send(new ProducerRecord<>(topic, value)).get();
		}
	}

	@Test
	void saysThatThereIsNoSuchGroup() throws Exception {
		try (Watched watched = new Watched(broker.bootstrapServers(), "nobody", null)) {
			watched.await("there is none", (view) -> {
				assertThat(view.verdict())
					.isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.no-group", List.of("nobody")));
				assertThat(group(view).state()).isEqualTo("Dead");
				assertThat(view.group().timings()).isNull();
				assertThat(view.members()).isEmpty();
			});
		}
	}

	@Test
	void saysThatTheClusterIsAway() throws Exception {
		try (Watched watched = new Watched("localhost:" + TestLab.freePort(), "product", "topic_example")) {
			watched.await("it is away", (view) -> {
				assertThat(view.broker().state()).isEqualTo(BrokerState.AWAY);
				assertThat(view.broker().at()).as("it never answered").isNull();
				assertThat(view.verdict().key()).isEqualTo("verdict.away-unseen");
				assertThat(view.group()).isNull();
			});
		}
	}

	@Test
	void goesOnWhenTheBrokerComesBack() throws Exception {
		createTopic("orders-back", 1);
		send("orders-back", 20);
		commit("back", "orders-back", 0);
		try (Watched watched = new Watched(broker.bootstrapServers(), "back", null)) {
			watched.await("it is there", (view) -> {
				assertThat(view.broker().state()).isEqualTo(BrokerState.UP);
				assertThat(view.traffic().placed()).isEqualTo(20);
				assertThat(view.partitions().get("orders-back-0").records()).hasSize(12);
			});
			broker.stop();
			watched.await("it is away", (view) -> {
				assertThat(view.verdict().key()).isEqualTo("verdict.away");
				assertThat(view.feed().values()).extracting(GroupView.FeedEntry::key).contains("event.broker-away");
				assertThat(view.timeline().outages()).containsExactly(new GroupView.Outage(group(view).at(), null));
				assertThat(group(view).at()).as("what was known is kept, with its time")
					.isBefore(view.broker().since());
			});
			broker.start();
			watched.await("it is back", (view) -> {
				assertThat(view.verdict().key()).isEqualTo("verdict.simple");
				assertThat(view.broker().state()).isEqualTo(BrokerState.UP);
				assertThat(view.feed().values()).extracting(GroupView.FeedEntry::key).contains("event.broker-back");
				assertThat(group(view).at()).isAfterOrEqualTo(view.broker().since());
				assertThat(view.timeline().outages()).singleElement()
					.extracting(GroupView.Outage::until)
					.isEqualTo(view.broker().since());
				assertThat(view.traffic().placed()).isEqualTo(20);
				assertThat(view.partitions().get("orders-back-0").records()).extracting(RecordView::offset)
					.hasSize(12)
					.doesNotHaveDuplicates()
					.endsWith(19L);
			});
		}
	}

	@Test
	void fiftyMembersOnTwoHundredPartitionsStaySmall() throws Exception {
		createTopic("orders-many", 200);
		send("orders-many", 200);
		commit("many", "orders-many", 0);
		try (Watched watched = new Watched(broker.bootstrapServers(), "many", "orders-many");
				Consumers consumers = new Consumers("consumer", "many", "orders-many",
						IntStream.range(0, 50).mapToObj("member%02d"::formatted).toArray(String[]::new))) {
			watched.await("each of 50 members has 4 partitions", (view) -> {
				assertThat(members(view)).hasSize(50).allSatisfy((member) -> assertThat(member.assigned()).hasSize(4));
				assertThat(view.partitions()).hasSize(200);
				assertThat(view.partitions().values()).extracting(PartitionView::records).containsOnlyNulls();
				assertThat(view.lag().get(view.lag().lastKey())).as("the worst partitions and the total")
					.hasSizeLessThanOrEqualTo(13);
				assertThat(Json.line(view)).hasSizeLessThan(500_000);
			});
		}
	}

	private static GroupSnapshot group(GroupView view) {
		assertThat(view.group()).isNotNull();
		return view.group().snapshot();
	}

	private static List<Member> members(GroupView view) {
		return view.members().values().stream().map(MemberView::snapshot).toList();
	}

	private static GroupSnapshot.Partition partition(GroupView view, String name) {
		assertThat(view.partitions()).containsKey(name);
		return view.partitions().get(name).snapshot();
	}

	private static Optional<Rebalance> lastRebalance(GroupView view) {
		return view.timeline().rebalances().values().stream().reduce((first, second) -> second);
	}

	private static Map<String, String> owners(GroupView view) {
		Map<String, String> owners = new TreeMap<>();
		view.partitions().forEach((name, partition) -> owners.put(name, partition.snapshot().owner()));
		return owners;
	}

	private static void createTopic(String topic, int partitions) throws Exception {
		admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
	}

	/**
	 * Also those of other kinds, and one that has only offsets: a group is known to the
	 * cluster from its first commit on.
	 */
	@Test
	void allGroupsOfTheClusterAreDescribedAtOnce() throws Exception {
		createTopic("listed", 2);
		createTopic("listed-too", 1);
		send("listed-too", 5);
		commit("list-offsets", "listed-too", 2);
		beginWithTheEarliest("list-share");
		LabOptions options = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server",
				broker.bootstrapServers(), "--lang=EN");
		try (Cluster cluster = Cluster.connect(options);
				Consumers classic = new Consumers("classic", "list-classic", "listed", "one", "two");
				Consumers consumer = new Consumers("consumer", "list-consumer", "listed-too", "three");
				Sharers share = new Sharers("list-share", "listed-too", "four")) {
			Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
				List<GroupSnapshot> groups = cluster.snapshots();
				assertThat(groups).extracting(GroupSnapshot::group).isSorted();
				assertThat(groups.stream()
					.filter((group) -> group.group().startsWith("list-"))
					.map((group) -> "%s %s %s %d %s".formatted(group.group(), group.state(), group.protocol(),
							group.members().size(),
							group.partitions()
								.stream()
								.map((partition) -> partition.name() + ":" + partition.owner() + ":" + partition.lag())
								.toList())))
					.containsExactly("list-classic Stable Classic 2 [listed-0:one:null, listed-1:two:null]",
							"list-consumer Stable Consumer 1 [listed-too-0:three:null]",
							"list-offsets Empty Classic 0 [listed-too-0:null:3]",
							"list-share Stable Share 1 [listed-too-0:null:0]");
			});
		}
	}

	private static void commit(String group, String topic, long offset) {
		BrokerProcess.commit(admin, group, new TopicPartition(topic, 0), offset);
	}

	/**
	 * A share group's own setting; as Kafka ships it a group begins with what comes next.
	 */
	private static void beginWithTheEarliest(String group) throws Exception {
		admin
			.incrementalAlterConfigs(
					Map.of(new ConfigResource(ConfigResource.Type.GROUP, group),
							List.of(new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"),
									AlterConfigOp.OpType.SET))))
			.all()
			.get();
	}

	private static GroupSnapshot snapshotOf(String group) {
		try (Cluster cluster = Cluster.connect(options())) {
			return cluster.snapshot(group);
		}
	}

	private static LabOptions options() {
		return CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", broker.bootstrapServers(),
				"--lang=EN");
	}

	private static void send(String topic, int records) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
				new StringSerializer())) {
			for (int i = 0; i < records; i++) {
				producer.send(new ProducerRecord<>(topic, "secret " + i));
			}
		}
	}

	/**
	 * @param timestamp of the records
	 */
	private static void send(TopicPartition partition, int records, long timestamp) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
				new StringSerializer())) {
			for (int i = 0; i < records; i++) {
				producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), timestamp, null, "" + i));
			}
		}
	}

	/**
	 * A watch and what it said last.
	 */
	private static final class Watched implements AutoCloseable {

		private final AtomicReference<@Nullable GroupView> last = new AtomicReference<>();

		private final GroupWatch watch;

		Watched(String bootstrapServer, String group, @Nullable String topic) {
			this(bootstrapServer, group, topic, Map.of());
		}

		Watched(String bootstrapServer, String group, @Nullable String topic, Map<String, InstanceState> instances) {
			LabOptions options = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", bootstrapServer,
					"--lang=EN");
			this.watch = new GroupWatch(options, new WatchedGroup(bootstrapServer, group, topic, false),
					() -> instances, this.last::set);
			this.watch.start();
		}

		void await(String what, Consumer<GroupView> assertions) {
			ThrowingRunnable assertion = () -> {
				GroupView view = this.last.get();
				assertThat(view).isNotNull();
				assertions.accept(view);
			};
			Awaitility.await(what).atMost(Duration.ofMinutes(2)).untilAsserted(assertion);
		}

		@Override
		public void close() throws InterruptedException {
			this.watch.close();
		}

	}

	/**
	 * Members that commit nothing by themselves, polled by one thread.
	 */
	private static final class Consumers implements AutoCloseable {

		private final Map<String, KafkaConsumer<String, String>> consumers = new ConcurrentHashMap<>();

		private final List<String> leaving = new CopyOnWriteArrayList<>();

		private final Queue<Runnable> commits = new ConcurrentLinkedQueue<>();

		private final CompletableFuture<Void> polling;

		private volatile boolean closed;

		Consumers(String protocol, String group, String topic, String... names) {
			this(protocol, group, topic, Map.of(), names);
		}

		Consumers(String protocol, String group, String topic, Map<String, Object> settings, String... names) {
			for (String name : names) {
				Map<String, Object> config = new HashMap<>(settings);
				config.putAll(Map.of("bootstrap.servers", broker.bootstrapServers(), "group.protocol", protocol,
						"group.id", group, "client.id", name, "enable.auto.commit", false, "metadata.max.age.ms", 500));
				KafkaConsumer<String, String> consumer = new KafkaConsumer<>(config, new StringDeserializer(),
						new StringDeserializer());
				consumer.subscribe(List.of(topic));
				this.consumers.put(name, consumer);
			}
			this.polling = CompletableFuture.runAsync(this::poll);
		}

		private void poll() {
			while (!this.closed) {
				this.leaving.forEach(
						(name) -> Optional.ofNullable(this.consumers.remove(name)).ifPresent(KafkaConsumer::close));
				for (Runnable commit = this.commits.poll(); commit != null; commit = this.commits.poll()) {
					commit.run();
				}
				this.consumers.values().forEach((consumer) -> consumer.poll(Duration.ofMillis(5)));
			}
			this.consumers.values().forEach(KafkaConsumer::close);
		}

		void leave(String name) {
			this.leaving.add(name);
		}

		void commit(String name, TopicPartition partition, long offset) {
			this.commits
				.add(() -> this.consumers.get(name).commitSync(Map.of(partition, new OffsetAndMetadata(offset))));
		}

		@Override
		public void close() {
			this.closed = true;
			this.polling.join();
		}

	}

	/**
	 * Members of a share group, each with a thread of its own: what one has taken it
	 * settles with its next poll.
	 */
	private static final class Sharers implements AutoCloseable {

		private final Map<String, CompletableFuture<Void>> polling = new ConcurrentHashMap<>();

		private final Set<String> leaving = ConcurrentHashMap.newKeySet();

		Sharers(String group, String topic, String... names) {
			for (String name : names) {
				this.polling.put(name, CompletableFuture.runAsync(() -> poll(group, topic, name)));
			}
		}

		private void poll(String group, String topic, String name) {
			try (KafkaShareConsumer<String, String> consumer = new KafkaShareConsumer<>(
					Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", group, "client.id", name),
					new StringDeserializer(), new StringDeserializer())) {
				consumer.subscribe(List.of(topic));
				while (!this.leaving.contains(name)) {
					consumer.poll(Duration.ofMillis(100));
				}
			}
		}

		void leave(String name) {
			this.leaving.add(name);
			this.polling.get(name).join();
		}

		@Override
		public void close() {
			this.polling.keySet().forEach(this::leave);
		}

	}

}
