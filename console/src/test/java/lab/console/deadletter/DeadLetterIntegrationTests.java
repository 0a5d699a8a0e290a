package lab.console.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

import lab.console.deadletter.DeadLetter.OriginalPosition;
import lab.console.deadletter.DeadLetterList.Listing;
import lab.console.deadletter.ReturnToOrigin.ReturnOutcome;
import lab.console.fault.BrokerProcess;
import lab.console.fault.TestLab;
import lab.console.group.Cluster;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Dead letters on a real broker: those that the product writes, and some that are written
 * by hand to be returned where nobody reads.
 */
class DeadLetterIntegrationTests {

	private static final Messages MESSAGES = Messages.in(Language.EN);

	private static BrokerProcess broker;

	private static Admin admin;

	private static KafkaProducer<String, String> producer;

	@BeforeAll
	static void start() throws Exception {
		broker = BrokerProcess.start("DeadLetterIntegrationTests/broker");
		admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
		producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
				new StringSerializer());
	}

	@AfterAll
	static void stop() throws Exception {
		producer.close(Duration.ZERO);
		admin.close(Duration.ZERO);
		broker.close();
	}

	@Test
	void aRecordThatFailsAgainIsReturnedUntilTheLimit() throws Exception {
		try (TestLab lab = new TestLab(TestLab.home("DeadLetterIntegrationTests/lab"), broker.bootstrapServers(),
				"returned")) {
			create(lab.topic, 2);
			String letters = lab.topic + "-dlt";
			lab.start("product1");
			producer.send(new ProducerRecord<>(lab.topic, 1, "kim", "hello", List.of(header("trace", "1")))).get();
			RecordId first = awaitLetters(letters, 1).newest().get(0).id();
			DeadLetter letter = list(letters).newest().get(0);
			assertThat(letter.origin()).isNotNull()
				.satisfies((origin) -> assertThat(origin.toString()).isEqualTo(lab.topic + "-1 @ 0"));
			assertThat(letter.cause()).isEqualTo("it is not JSON (Unrecognized token 'hello')");
			assertThat(letter.returns()).isZero();
			assertThat(letter.returned()).isFalse();

			ReturnOutcome outcome = returning(letters, 3, (origin) -> origin.one(first));
			assertThat(outcome).isEqualTo(new ReturnOutcome(first, lab.topic, new RecordId(1, 1), 1, null));
			Listing both = awaitLetters(letters, 2);
			assertThat(both.open()).isEqualTo(1);
			assertThat(both.newest()).extracting(DeadLetter::returns).containsExactly(1, 0);
			assertThat(both.newest()).extracting(DeadLetter::returned).containsExactly(false, true);
			RecordId second = both.newest().get(0).id();
			ConsumerRecord<byte[], byte[]> again = DeadLetterTopic.use(options(), letters, MESSAGES,
					(topic) -> topic.read(second));
			assertThat(again.key()).asString(StandardCharsets.UTF_8).isEqualTo("kim");
			assertThat(again.value()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
			assertThat(again.headers().headers("trace")).hasSize(1);
			assertThat(again.headers().headers("cause")).hasSize(1);

			assertThatExceptionOfType(LabException.class)
				.isThrownBy(() -> returning(letters, 3, (origin) -> origin.one(first)))
				.withMessageContaining("has been returned already");
			assertThatExceptionOfType(LabException.class)
				.isThrownBy(() -> returning(letters, 1, (origin) -> origin.one(second)))
				.withMessageContaining("failed again each time it was returned (returns: 1, allowed: 1)");
			assertThat(execute("return", "--all", "--max-returns", "1", "--topic", letters)).isEqualTo(1);
			assertThat(list(letters).total()).isEqualTo(2);
		}
	}

	@Test
	void eachIsReturnedOnlyOnce() throws Exception {
		create("plain", 1);
		create("plain-dlt", 1);
		producer.send(new ProducerRecord<>("plain", 0, "kim", "large", List.of(header("cause", "mine")))).get();
		String omitted = "a value of 5 bytes, too large for this topic; it is in plain-0 at offset 0";
		putAside(null, header("cause", "it is large"), header("omitted", omitted));
		putAside("hello", origin(0));
		putAside("nowhere", header("cause", "unknown"));

		List<ReturnOutcome> outcomes = all();
		assertThat(outcomes).extracting(ReturnOutcome::returns).containsExactly(1, 1, null);
		assertThat(outcomes.get(2).refused()).contains("does not say which topic");
		assertThat(all()).extracting(ReturnOutcome::id)
			.as("only the one that was refused")
			.containsExactly(new RecordId(0, 2));
		assertThat(execute("return", "--all", "--topic", "plain-dlt")).isEqualTo(1);
		assertThat(returned()).containsExactly("kim=large [cause: mine, dlt-returns: 1]",
				"null=hello [dlt-returns: 1]");

		RecordId third = putAside("third", origin(0));
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> DeadLetterTopic.use(options(), "plain-dlt", MESSAGES, (topic) -> {
				try (ReturnToOrigin one = returner(topic, 3); ReturnToOrigin other = returner(topic, 3)) {
					other.one(third);
					return one.one(third);
				}
			}))
			.withMessageContaining("another process has started");
		assertThat(returned()).hasSize(3).last().isEqualTo("null=third [dlt-returns: 1]");

		admin.deleteRecords(Map.of(new TopicPartition("plain", 0), RecordsToDelete.beforeOffset(1))).all().get();
		RecordId gone = putAside(null, header("cause", "it is large"), header("omitted", omitted));
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> returning("plain-dlt", 3, (origin) -> origin.one(gone)))
			.withMessageContaining("the record at plain-0 @ 0 no longer exists");
		assertThat(list("plain-dlt").open()).isEqualTo(2);
		assertThat(execute("--topic", "plain-dlt")).isZero();
		assertThat(execute("show", "0-0", "--topic", "plain-dlt")).isZero();
		assertThat(execute("show", "0-99", "--topic", "plain-dlt")).isEqualTo(1);
		assertThat(execute("--topic", "no-such-topic")).isEqualTo(1);
	}

	private static List<ReturnOutcome> all() {
		return returning("plain-dlt", 3, (origin) -> {
			List<ReturnOutcome> outcomes = new ArrayList<>();
			origin.all(outcomes::add);
			return outcomes;
		});
	}

	/**
	 * Returns the records of the topic that have been returned to it.
	 */
	private static List<String> returned() {
		return DeadLetterTopic.use(options(), "plain", MESSAGES, (topic) -> {
			List<String> records = new ArrayList<>();
			topic.forEach((record) -> {
				if (DeadLetter.returns(record) > 0) {
					records.add("%s=%s %s".formatted(text(record.key()), text(record.value()),
							List.of(record.headers().toArray())
								.stream()
								.map((header) -> header.key() + ": " + text(header.value()))
								.toList()));
				}
			});
			return records;
		});
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	private static Listing awaitLetters(String topic, int total) {
		Awaitility.await("dead letters: " + total)
			.atMost(Duration.ofMinutes(2))
			.ignoreExceptionsInstanceOf(LabException.class)
			.untilAsserted(() -> assertThat(list(topic).total()).isEqualTo(total));
		return list(topic);
	}

	private static Listing list(String topic) {
		return DeadLetterTopic.use(options(), topic, MESSAGES, (letters) -> letters.list(20));
	}

	private static <T> T returning(String topic, int maxReturns, Function<ReturnToOrigin, T> work) {
		return DeadLetterTopic.use(options(), topic, MESSAGES, (letters) -> {
			try (ReturnToOrigin origin = returner(letters, maxReturns)) {
				return work.apply(origin);
			}
		});
	}

	private static ReturnToOrigin returner(DeadLetterTopic letters, int maxReturns) {
		Properties client = Cluster.clientProperties(options());
		return new ReturnToOrigin(client, letters, maxReturns, MESSAGES);
	}

	private static LabOptions options() {
		return CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", broker.bootstrapServers(),
				"--lang=EN");
	}

	private static int execute(String... arguments) {
		List<String> line = new ArrayList<>(List.of(arguments));
		line.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
		return new CommandLine(new DltCommand()).setResourceBundle(MESSAGES.bundle())
			.setExecutionExceptionHandler((error, command, parsed) -> 1)
			.execute(line.toArray(String[]::new));
	}

	private static void create(String topic, int partitions) throws Exception {
		admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
	}

	private static RecordId putAside(@Nullable String value, Header... headers) throws Exception {
		return new RecordId(0,
				producer.send(new ProducerRecord<>("plain-dlt", 0, null, null, value, List.of(headers)))
					.get()
					.offset());
	}

	private static Header[] origin(long offset) {
		OriginalPosition origin = new OriginalPosition("plain", 0, offset, null);
		return new Header[] { header("cause", "no order"), header("kafka_dlt-original-topic", origin.topic()),
				new RecordHeader("kafka_dlt-original-partition",
						ByteBuffer.allocate(Integer.BYTES).putInt(origin.partition()).array()),
				new RecordHeader("kafka_dlt-original-offset",
						ByteBuffer.allocate(Long.BYTES).putLong(origin.offset()).array()) };
	}

	private static Header header(String name, String value) {
		return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
	}

}
