package lab.product.membership;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import lab.product.Names;
import lab.product.ProductProperties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;

import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.core.KafkaAdmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * One line when Kafka goes, one when it is back.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokerWatchTests {

	private static final String AWAY = "Kafka at localhost:9092 is not reachable; waiting for it.";

	private static final String BACK = "Kafka at localhost:9092 is back.";

	private final Admin admin = mock(Admin.class);

	private final KafkaConnectionDetails connection = mock(KafkaConnectionDetails.class);

	private final ProductProperties names = Names.of("product1", "topic_example");

	private final BrokerWatch broker = new BrokerWatch(this.names, this.connection, topics(), this.admin);

	@BeforeEach
	void isAtItsUsualPlace() {
		given(this.connection.getBootstrapServers()).willReturn(List.of("localhost:9092"));
		CreateTopicsResult exists = mock(CreateTopicsResult.class);
		given(exists.all()).willReturn(failed(new TopicExistsException("there already")));
		given(this.admin.createTopics(anyCollection())).willReturn(exists);
	}

	@Test
	void isSilentAsLongAsKafkaAnswers(CapturedOutput output) {
		look(answered(), 3);

		assertThat(output).doesNotContain("Kafka at");
		assertThat(this.broker.health().getStatus()).isEqualTo(Status.UP);
		then(this.admin).should(never()).createTopics(anyCollection());
	}

	@Test
	void saysOnceThatKafkaIsAwayAndOnceThatItIsBack(CapturedOutput output) {
		look(failed(new TimeoutException()), 4);
		assertThat(this.broker.isReachable()).isFalse();
		assertThat(this.broker.health().getStatus()).isEqualTo(Status.DOWN);
		look(answered(), 4);

		assertThat(output).containsOnlyOnce(AWAY).containsOnlyOnce(BACK);
		assertThat(this.broker.isReachable()).isTrue();
	}

	@Test
	void takesARefusalForAnAnswer(CapturedOutput output) {
		look(failed(new TopicAuthorizationException("not for you")), 1);

		assertThat(this.broker.isReachable()).isTrue();
		assertThat(output).doesNotContain("Kafka at");
	}

	@Test
	void isDownWhenItsLoginIsRefused(CapturedOutput output) {
		look(failed(new SaslAuthenticationException("wrong password")), 3);

		assertThat(this.broker.isReachable()).isFalse();
		assertThat(this.broker.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(this.broker.health().getDetails().get("reason")).asString().contains("wrong password");
		assertThat(output).containsOnlyOnce("Kafka at localhost:9092 refuses the login of product1");
		look(answered(), 1);
		assertThat(this.broker.health().getStatus()).isEqualTo(Status.UP);
		assertThat(output).containsOnlyOnce(BACK);
	}

	@Test
	void saysOnceThatItMayNotCreateItsTopics(CapturedOutput output) {
		CreateTopicsResult refused = mock(CreateTopicsResult.class);
		given(refused.all()).willReturn(failed(new TopicAuthorizationException("not for you")));
		given(this.admin.createTopics(anyCollection())).willReturn(refused);
		look(failed(new UnknownTopicOrPartitionException()), 3);

		assertThat(this.broker.isReachable()).isTrue();
		assertThat(output).containsOnlyOnce("product1 may not describe or create its topics product_handled,"
				+ " product_rebalances, topic_example-dlt (");
	}

	@Test
	@SuppressWarnings("unchecked")
	void createsTheTopicsThatAreMissingAlsoIfAnotherIsQuicker() {
		look(failed(new UnknownTopicOrPartitionException()), 1);

		ArgumentCaptor<Collection<NewTopic>> created = ArgumentCaptor.forClass(Collection.class);
		then(this.admin).should().createTopics(created.capture());
		assertThat(created.getValue()).extracting(NewTopic::name)
			.containsExactlyInAnyOrder("product_handled", "product_rebalances", "topic_example-dlt");
		assertThat(this.broker.isReachable()).isTrue();
	}

	@Test
	void isUnknownBeforeTheFirstLook() {
		assertThat(this.broker.health().getStatus()).isEqualTo(Status.UNKNOWN);
	}

	private void look(KafkaFuture<Map<String, TopicDescription>> answer, int times) {
		DescribeTopicsResult result = mock(DescribeTopicsResult.class);
		given(result.allTopicNames()).willReturn(answer);
		given(result.topicNameValues()).willReturn(this.names.ownTopics()
			.stream()
			.collect(Collectors.toMap(Function.identity(), (topic) -> answer.thenApply((all) -> all.get(topic)))));
		given(this.admin.describeTopics(anyCollection())).willReturn(result);
		for (int i = 0; i < times; i++) {
			this.broker.look();
		}
	}

	private static KafkaFuture<Map<String, TopicDescription>> answered() {
		return KafkaFuture.completedFuture(Map.of());
	}

	private static <T> KafkaFuture<T> failed(Exception ex) {
		KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
		future.completeExceptionally(ex);
		return future;
	}

	/**
	 * Spring's own code on top of the mock.
	 */
	private KafkaAdmin topics() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(KafkaAdmin.NewTopics.class, () -> BrokerWatch.ownTopics(this.names));
		context.refresh();
		KafkaAdmin topics = new KafkaAdmin(Map.of()) {

			@Override
			protected Admin createAdmin() {
				return BrokerWatchTests.this.admin;
			}

		};
		topics.setApplicationContext(context);
		topics.setClusterId("of the test");
		return topics;
	}

}
