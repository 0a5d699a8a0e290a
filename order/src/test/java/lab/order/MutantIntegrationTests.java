package lab.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mistakes in this service, each planted into the real one and found by the guarantee
 * that it breaks, and nothing is found without one. The topic has two replicas, and an
 * order is acknowledged when both have it. The products' mistakes are in their
 * {@code MutantIntegrationTests}.
 */
class MutantIntegrationTests {

	private static final int LEADER = 0;

	private static final int FOLLOWER = 1;

	private static KafkaClusterTestKit kafka;

	/**
	 * A mistake: settings, or a bean that replaces one of the service.
	 */
	private enum Mutant {

		/** The service as it is. */
		NONE(null),

		ACKS_1(Guarantee.ANSWERED, "--spring.kafka.producer.acks=1",
				"--spring.kafka.producer.properties[enable.idempotence]=false"),

		ID_NOT_DERIVED(Guarantee.SAME_ORDER, "--spring.main.sources=" + IdNotDerived.class.getName(),
				"--spring.main.allow-bean-definition-overriding=true");

		/** The guarantee that it breaks; null where there is no mistake. */
		private final @Nullable Guarantee breaks;

		private final String[] settings;

		Mutant(@Nullable Guarantee breaks, String... settings) {
			this.breaks = breaks;
			this.settings = settings;
		}

	}

	/**
	 * What the service guarantees, with the names that {@code lab chaos} uses.
	 */
	private enum Guarantee {

		/**
		 * An order that was answered with 201 is in the topic, where the answer says.
		 */
		ANSWERED {

			@Override
			boolean isKept(List<Answer> answers, Map<Long, String> topic) {
				return answers.stream()
					.flatMap((answer) -> answer.placed().stream())
					.allMatch((placed) -> topic.getOrDefault(placed.offset(), "").contains(placed.id().toString()));
			}

		},

		/**
		 * An order that is sent again with its key has one id.
		 */
		SAME_ORDER {

			@Override
			boolean isKept(List<Answer> answers, Map<Long, String> topic) {
				return answers.stream()
					.filter((answer) -> answer.placed().isPresent())
					.collect(Collectors.groupingBy(Answer::key,
							Collectors.mapping((answer) -> answer.placed().get().id(), Collectors.toSet())))
					.values()
					.stream()
					.allMatch((ids) -> ids.size() == 1);
			}

		};

		/**
		 * Whether it is kept.
		 * @param topic the records by their offset
		 */
		abstract boolean isKept(List<Answer> answers, Map<Long, String> topic);

	}

	/**
	 * With one controller, which stays up. EmbeddedKafka would have two, and two are no
	 * majority without one of them.
	 */
	@BeforeAll
	static void startBrokers() throws Exception {
		kafka = new KafkaClusterTestKit.Builder(
				new TestKitNodes.Builder().setNumBrokerNodes(2).setNumControllerNodes(1).build())
			.setConfigProp("auto.create.topics.enable", "false")
			// a broker that starts again waits until the session of its predecessor is
			// over (default 9 s)
			.setConfigProp("broker.session.timeout.ms", "6000")
			.setConfigProp("broker.heartbeat.interval.ms", "500")
			.build();
		kafka.format();
		kafka.startup();
		kafka.waitForReadyBrokers();
	}

	@AfterAll
	static void stopBrokers() throws Exception {
		kafka.close();
	}

	/**
	 * The leader gets an order while the other broker is down, and goes down before that
	 * is back. The service without a mistake and the one with it see the same outage.
	 */
	@Test
	void theLeaderGoesDown() throws Exception {
		try (Service correct = new Service(Mutant.NONE); Service mutant = new Service(Mutant.ACKS_1)) {
			List<Service> both = List.of(correct, mutant);
			both.forEach((service) -> service.place("before"));
			kafka.brokers().get(FOLLOWER).shutdown();
			both.forEach((service) -> service.place("while the leader is alone"));
			kafka.brokers().get(LEADER).shutdown();
			kafka.brokers().get(FOLLOWER).startup();
			for (Service service : both) {
				await("the other broker leads").until(() -> {
					Node leader = service.partition().leader();
					return leader != null && leader.id() == FOLLOWER;
				});
			}
			kafka.brokers().get(LEADER).startup();
			for (Service service : both) {
				await("both are in sync").until(() -> service.partition().isr().size() == 2);
				service.assertBroken();
			}
		}
	}

	/**
	 * The service has forgotten the order when it is sent again.
	 */
	@ParameterizedTest
	@EnumSource(names = { "NONE", "ID_NOT_DERIVED" })
	void anOrderIsSentAgain(Mutant mutant) throws Exception {
		try (Service service = new Service(mutant, "--lab.order.idempotency.time-to-live=1ns")) {
			service.place("1st-Order");
			service.place("1st-Order");
			assertThat(service.answers).noneMatch((answer) -> answer.placed().isEmpty());
			service.assertBroken();
		}
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what)
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(100))
			.pollInSameThread();
	}

	private static Properties bootstrap() {
		Properties properties = new Properties();
		properties.put("bootstrap.servers", kafka.bootstrapServers());
		return properties;
	}

	/**
	 * The service, perhaps with a mistake, a topic of its own with two replicas, and what
	 * it answered.
	 */
	private static final class Service implements AutoCloseable {

		private final Mutant mutant;

		private final TopicPartition orders = new TopicPartition("orders-" + UUID.randomUUID(), 0);

		private final List<Answer> answers = new ArrayList<>();

		private final Admin admin = Admin.create(bootstrap());

		private final ConfigurableApplicationContext context;

		private Service(Mutant mutant, String... settings) throws Exception {
			this.mutant = mutant;
			this.admin.createTopics(List.of(new NewTopic(this.orders.topic(), Map.of(0, List.of(LEADER, FOLLOWER)))
				.configs(Map.of("min.insync.replicas", "2")))).all().get();
			this.context = SpringApplication.run(OrderApplication.class,
					Stream
						.of(Stream.of("--server.port=0", "--lab.order.topic=" + this.orders.topic(),
								"--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers()),
								Stream.of(mutant.settings), Stream.of(settings))
						.flatMap((all) -> all)
						.toArray(String[]::new));
		}

		/**
		 * Sends an order until it is not refused. It is acknowledged then, or its outcome
		 * is unknown.
		 */
		private void place(String key) {
			this.answers.add(await("an answer").until(() -> send(key), (answer) -> !answer.refused()));
		}

		private Answer send(String key) {
			int port = ((WebServerApplicationContext) this.context).getWebServer().getPort();
			return RestClient.create("http://127.0.0.1:" + port)
				.post()
				.uri("/orders")
				.header(IdempotencyKey.HEADER, "\"" + key + "\"")
				.contentType(MediaType.APPLICATION_JSON)
				.body(new PlaceOrder("1st-Order", null))
				.exchange((request, response) -> new Answer(key,
						response.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER),
						response.getStatusCode().isSameCodeAs(HttpStatus.CREATED)
								? Optional.ofNullable(response.bodyTo(PlacedOrder.class)) : Optional.empty()));
		}

		private TopicPartitionInfo partition() throws Exception {
			return this.admin.describeTopics(List.of(this.orders.topic()))
				.allTopicNames()
				.get()
				.get(this.orders.topic())
				.partitions()
				.get(0);
		}

		private void assertBroken() {
			Map<Long, String> topic = read();
			assertThat(Stream.of(Guarantee.values()).filter((guarantee) -> !guarantee.isKept(this.answers, topic)))
				.as("broken by %s, with %s", this.mutant, topic)
				.containsExactlyElementsOf((this.mutant.breaks != null) ? List.of(this.mutant.breaks) : List.of());
		}

		private Map<Long, String> read() {
			Map<Long, String> values = new TreeMap<>();
			try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(bootstrap(), new StringDeserializer(),
					new StringDeserializer())) {
				consumer.assign(List.of(this.orders));
				consumer.seekToBeginning(List.of(this.orders));
				long end = consumer.endOffsets(List.of(this.orders)).get(this.orders);
				await("the end of the topic").until(() -> {
					for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
						values.put(record.offset(), record.value());
					}
					return consumer.position(this.orders) >= end;
				});
			}
			return values;
		}

		@Override
		public void close() {
			this.context.close();
			this.admin.close(Duration.ofSeconds(1));
		}

	}

	/**
	 * What was answered to an order.
	 *
	 * @param refused whether it was certainly not recorded
	 * @param placed where it is; empty unless it was acknowledged
	 */
	private record Answer(String key, boolean refused, Optional<PlacedOrder> placed) {
	}

	private static final class IdNotDerived {

		@Bean
		Orders orders(KafkaTemplate<String, OrderPlaced> kafka, BrokerWatch broker, OrderProperties properties) {
			return new Orders(kafka, broker, properties, null) {

				@Override
				CompletableFuture<PlacedOrder> place(PlaceOrder order, @Nullable IdempotencyKey key) {
					return super.place(order, null);
				}

			};
		}

	}

}
