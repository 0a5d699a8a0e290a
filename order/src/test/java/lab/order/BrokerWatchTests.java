package lab.order;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.MockedStatic;

import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.never;

/**
 * What the service reports of the broker and the topic, and when it creates the topic.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokerWatchTests {

	private static final String UNREACHABLE = "Kafka at localhost:9092 is not reachable.";

	private static final String NO_TOPIC = "There is no topic topic_example; make it with: kafka-topics "
			+ "--bootstrap-server localhost:9092 --create --topic topic_example --partitions 1.";

	private final Admin admin = mock(Admin.class);

	private final MockedStatic<Admin> admins = mockStatic(Admin.class);

	private final KafkaConnectionDetails connection = mock(KafkaConnectionDetails.class);

	@SuppressWarnings("unchecked")
	private final KafkaTemplate<String, OrderPlaced> kafka = mock(KafkaTemplate.class);

	private final BrokerWatch broker = new BrokerWatch(new KafkaAdmin(Map.of()), this.connection, this.kafka,
			new OrderProperties("topic_example", OrderProperties.Partitioner.ROUND_ROBIN,
					OrderProperties.Growth.IMMEDIATE, "product", 1000, Duration.ofMillis(500),
					new OrderProperties.Idempotency(10, Duration.ofMinutes(10))),
			null);

	@BeforeEach
	void useMockedAdmin() {
		this.admins.when(() -> Admin.create(anyMap())).thenReturn(this.admin);
		given(this.connection.getBootstrapServers()).willReturn(List.of("localhost:9092"));
	}

	@AfterEach
	void endMocking() {
		this.admins.close();
	}

	@Test
	void isDownUntilTheBrokerHasAnswered() {
		assertThat(this.broker.problem()).isEqualTo("Kafka has not answered yet.");
		assertThat(this.broker.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(this.broker.refusal()).as("before the first check").isEmpty();
	}

	@Test
	void logsOnceThatTheBrokerIsUnreachableAndOnceThatItIsThere(CapturedOutput output) {
		check(new TimeoutException());
		check(new TimeoutException());
		assertThat(this.broker.problem()).isEqualTo(UNREACHABLE);
		assertThat(this.broker.refusal()).contains(UNREACHABLE);
		check(null);
		check(null);
		assertThat(this.broker.refusal()).isEmpty();
		assertThat(this.broker.problem()).isNull();
		assertThat(this.broker.health().getStatus()).isEqualTo(Status.UP);
		assertThat(output).containsOnlyOnce(UNREACHABLE)
			.containsOnlyOnce("Kafka at localhost:9092 is there, with topic_example.");
	}

	@Test
	void saysWhyKafkaRefuses() {
		check(new TopicAuthorizationException("Not authorized to access topics: [topic_example]"));
		assertThat(this.broker.problem())
			.isEqualTo("Kafka at localhost:9092 cannot be used: Not authorized to access topics: [topic_example].");
	}

	@Test
	void createsAMissingTopicWhenTheBrokerIsThere(CapturedOutput output) {
		createTopicsAnswers(null);
		check(new UnknownTopicOrPartitionException());
		assertThat(this.broker.problem()).isNull();
		assertThat(output).contains("Made topic topic_example with 1 partition.");
	}

	@Test
	void acceptsThatSomebodyElseCreatesTheTopicAtTheSameTime(CapturedOutput output) {
		createTopicsAnswers(new TopicExistsException("Topic 'topic_example' already exists."));
		check(new UnknownTopicOrPartitionException());
		assertThat(this.broker.problem()).isNull();
		assertThat(output).doesNotContain("Made topic");
	}

	@Test
	void doesNotCreateATopicAgainThatIsDeletedWhileTheBrokerIsThere() {
		check(null);
		check(new UnknownTopicOrPartitionException());
		assertThat(this.broker.problem()).isEqualTo(NO_TOPIC);
		assertThat(this.broker.health().getStatus()).isEqualTo(Status.DOWN);
		then(this.admin).should(never()).createTopics(anyCollection(), any());
		check(null);
		assertThat(this.broker.problem()).isNull();
	}

	@Test
	void createsADeletedTopicAgainWhenTheBrokerComesBack() {
		createTopicsAnswers(null);
		check(null);
		check(new TimeoutException());
		check(new UnknownTopicOrPartitionException());
		assertThat(this.broker.problem()).isNull();
		then(this.admin).should().createTopics(anyCollection(), any());
	}

	@Test
	void logsNewPartitionsOnceTheProducerUsesThem(CapturedOutput output) {
		producerKnows(partition(0, true));
		check(null);
		producerKnows(partition(0, true), partition(1, false));
		check(null);
		assertThat(output).as("the new partition has no leader yet").doesNotContain("partitions of");
		producerKnows(partition(0, true), partition(1, true));
		check(null);
		check(null);
		assertThat(output).containsOnlyOnce("order knows 2 partitions of topic_example now (before: 1).");
	}

	@Test
	void logsPartitionsAddedWhileTheBrokerWasAway(CapturedOutput output) {
		producerKnows(partition(0, true));
		check(null);
		check(new TimeoutException());
		producerKnows(partition(0, true), partition(1, true));
		check(null);
		assertThat(output).containsOnlyOnce("order knows 2 partitions of topic_example now (before: 1).");
	}

	@Test
	void isUpWhileTheProducerHasNoMetadataOfATopicMadeAnew() {
		check(null);
		given(this.kafka.partitionsFor("topic_example")).willThrow(new TimeoutException());
		check(null);
		assertThat(this.broker.problem()).isNull();
	}

	private void producerKnows(PartitionInfo... partitions) {
		given(this.kafka.partitionsFor("topic_example")).willReturn(List.of(partitions));
	}

	private static PartitionInfo partition(int number, boolean led) {
		return new PartitionInfo("topic_example", number, led ? new Node(1, "localhost", 9092) : null, new Node[0],
				new Node[0]);
	}

	/**
	 * @param failure what the admin client answers about the topic; null if it exists
	 */
	private void check(@Nullable Exception failure) {
		DescribeTopicsResult topic = mock(DescribeTopicsResult.class);
		given(topic.allTopicNames()).willReturn(future(failure, Map.of()));
		given(this.admin.describeTopics(anyCollection(), any())).willReturn(topic);
		this.broker.check();
	}

	private void createTopicsAnswers(@Nullable Exception failure) {
		CreateTopicsResult creation = mock(CreateTopicsResult.class);
		given(creation.all()).willReturn(future(failure, null));
		given(this.admin.createTopics(anyCollection(), any())).willReturn(creation);
	}

	private static <T> KafkaFuture<T> future(@Nullable Exception failure, T value) {
		KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
		if (failure != null) {
			future.completeExceptionally(failure);
		}
		else {
			future.complete(value);
		}
		return future;
	}

}
