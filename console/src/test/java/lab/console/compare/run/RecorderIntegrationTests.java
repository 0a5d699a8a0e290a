package lab.console.compare.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import lab.console.compare.measure.HandledRecord;
import lab.console.compare.measure.OwnershipChange;
import lab.console.fault.TestLab;
import lab.console.instance.OwnBroker;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RecorderIntegrationTests {

	private static final String HANDLED = """
			{"orderId":"%s","message":"1st","instance":"member1","partition":0,"offset":7,"handledAt":"%s"}""";

	private static final String ASSIGNED = """
			{"type":"PartitionsAssigned","instance":"member1","partitions":%s,"owned":%s,"epoch":3,"at":"%s"}""";

	private static final Instant AT = Instant.parse("2026-11-26T12:00:00Z");

	private static OwnBroker broker;

	private static Admin admin;

	@BeforeAll
	static void startBroker() throws Exception {
		broker = OwnBroker.start(TestLab.home("RecorderIntegrationTests"), Map.of("authorizer.class.name",
				"org.apache.kafka.metadata.authorizer.StandardAuthorizer", "allow.everyone.if.no.acl.found", "true"),
				Messages.in(Language.EN));
		admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
	}

	@AfterAll
	static void stopBroker() throws Exception {
		admin.close();
		broker.close();
	}

	@Test
	void skipsEventsThatAreNotWellFormed() throws Exception {
		createTopics("handled", "rebalances");
		try (Recorder recorder = new Recorder(client(), "handled", "rebalances")) {
			send("handled", "not JSON", "{}", HANDLED.formatted("a", "yesterday"), HANDLED.formatted("b", AT));
			send("rebalances", "[]", ASSIGNED.formatted("[\"x\"]", "[\"x\"]", AT),
					ASSIGNED.formatted("[\"orders-1\"]", "[\"orders-0\",\"orders-1\"]", AT));
			await("the well-formed events are read").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
				assertThat(recorder.handled()).containsExactly(new HandledRecord("b", "member1", 0, AT));
				assertThat(recorder.changes())
					.containsExactly(new OwnershipChange("PartitionsAssigned", "member1", Set.of(0, 1), AT));
			});
			assertThat(recorder.failure()).isEmpty();
		}
	}

	@Test
	void saysWhyItCannotReadAnyMore() throws Exception {
		createTopics("refused", "also-refused");
		admin.createAcls(List.of(new AclBinding(new ResourcePattern(ResourceType.TOPIC, "refused", PatternType.LITERAL),
				new AccessControlEntry("User:*", "*", AclOperation.READ, AclPermissionType.DENY))))
			.all()
			.get();
		try (Recorder recorder = new Recorder(client(), "refused", "also-refused")) {
			await("it fails").atMost(Duration.ofMinutes(2)).until(() -> recorder.failure().isPresent());
			assertThat(recorder.failure()).containsInstanceOf(TopicAuthorizationException.class);
		}
	}

	private static void createTopics(String... names) throws Exception {
		admin.createTopics(List.of(names).stream().map((name) -> new NewTopic(name, 1, (short) 1)).toList())
			.all()
			.get();
	}

	private static void send(String topic, String... values) {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(client(), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			for (String value : values) {
				producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
			}
		}
	}

	private static Properties client() {
		Properties client = new Properties();
		client.put("bootstrap.servers", broker.bootstrapServers());
		return client;
	}

}
