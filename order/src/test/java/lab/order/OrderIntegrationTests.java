package lab.order;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.ExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service with a topic that already exists and has two partitions.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		// longer than these tests take, however slow the machine
		properties = { "server.tomcat.connection-timeout=5m", "spring.kafka.producer.properties[max.block.ms]=60000",
				"spring.kafka.producer.properties[request.timeout.ms]=60000",
				"spring.kafka.producer.properties[delivery.timeout.ms]=60000" })
@EmbeddedKafka(topics = "topic_example", partitions = 2, bootstrapServersProperty = "spring.kafka.bootstrap-servers",
		brokerProperties = "auto.create.topics.enable=false")
@AutoConfigureRestTestClient
@DirtiesContext
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@RequiredArgsConstructor
class OrderIntegrationTests {

	private static final String REQUEST = """
			POST /orders HTTP/1.1\r
			Host: localhost\r
			Content-Type: application/json\r
			Content-Length: 15\r
			\r
			{"message":"1"}""";

	private final RestTestClient http;

	private final EmbeddedKafkaBroker kafka;

	@LocalServerPort
	private int port;

	@Test
	void theRecordIsThereWhenTheAnswerIs() {
		PlacedOrder order = place("첫 주문 😀", "김철수");
		ConsumerRecord<String, String> record = read(order);
		assertThat(record.key()).isEqualTo("김철수");
		assertThat(record.value()).startsWith(
				"{\"id\":\"%s\",\"message\":\"첫 주문 😀\",\"customerId\":\"김철수\",\"placedAt\":\"".formatted(order.id()));
		assertThat(record.headers()).isEmpty();
		assertThat(record.timestamp()).isEqualTo(order.timestamp().toEpochMilli());
	}

	@Test
	void anOrderOfNobodyHasNoKey() {
		PlacedOrder order = place("1st-Order", null);
		assertThat(order.key()).isNull();
		assertThat(read(order).key()).isNull();
	}

	@Test
	void fourOrdersWithoutKeyAlternate() {
		List<Integer> partitions = Stream.of("1st-Order", "2nd-Order", "3rd-Order", "4th-Order")
			.map((message) -> place(message, null).partition())
			.toList();
		assertThat(partitions).isIn(List.of(0, 1, 0, 1), List.of(1, 0, 1, 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice", "bob", "carol", "dave", "김철수", "😀" })
	void aKeyGoesWhereKafkasOwnPartitionerSendsIt(String customer) throws ExecutionException, InterruptedException {
		try (KafkaProducer<String, String> plain = new KafkaProducer<>(bootstrap(), new StringSerializer(),
				new StringSerializer())) {
			int expected = plain.send(new ProducerRecord<>("topic_example", customer, "as Kafka does it"))
				.get()
				.partition();
			assertThat(Stream.of("1st-Order", "2nd-Order").map((message) -> place(message, customer).partition()))
				.containsOnly(expected);
		}
	}

	@Test
	void aTopicThatIsThereStaysAsItIs() throws ExecutionException, InterruptedException {
		place("1st-Order", null);
		try (Admin admin = Admin.create(bootstrap())) {
			assertThat(admin.describeTopics(List.of("topic_example"))
				.allTopicNames()
				.get()
				.get("topic_example")
				.partitions()).hasSize(2);
		}
	}

	@Test
	void refusesALongBodyBeforeItsEnd() throws IOException {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			client.setSoTimeout(60_000);
			// one chunk of 80 KiB, and no last chunk
			String request = "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
					+ "Transfer-Encoding: chunked\r\n\r\n14000\r\n" + " ".repeat(0x14000) + "\r\n";
			client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			BufferedReader answer = new BufferedReader(
					new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
			assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
		}
	}

	@Test
	void servesOthersWhileManyClientsDoNotSendTheRestOfTheirBodies() throws IOException {
		List<Socket> stalled = new ArrayList<>();
		try {
			for (int client = 0; client < 250; client++) {
				stalled.add(beginToSendOrder());
			}
			place("1st-Order", null);
			assertThat(stalled).as("still waited for").allMatch(OrderIntegrationTests::isWaitedFor);
		}
		finally {
			for (Socket client : stalled) {
				client.close();
			}
		}
	}

	@Test
	void endsARequestWhoseBodyKeepsComingForTooLong() throws IOException {
		try (Socket client = beginToSendOrder()) {
			InputStream answer = client.getInputStream();
			Awaitility.await("an answer").atMost(Duration.ofSeconds(60)).until(() -> {
				client.getOutputStream().write(' ');
				return answer.available() > 0;
			});
			assertThat(new BufferedReader(new InputStreamReader(answer, StandardCharsets.US_ASCII)).readLine())
				.startsWith("HTTP/1.1 408");
		}
	}

	@Test
	void anOrderIsInTheTopicOnceHoweverOftenItIsSent() {
		IdempotencyKey key = new IdempotencyKey(UUID.randomUUID().toString());
		EntityExchangeResult<String> first = send(key, this.port);
		assertThat(first.getStatus()).isEqualTo(HttpStatus.CREATED);
		assertThat(send(key, this.port).getResponseBody()).isEqualTo(first.getResponseBody());
		assertThat(records(key)).hasSize(1);
	}

	@Test
	void anOrderThatIsSentTwiceAtOnceIsInTheTopicOnce() {
		IdempotencyKey key = new IdempotencyKey(UUID.randomUUID().toString());
		List<CompletableFuture<EntityExchangeResult<String>>> both = Stream.of(1, 2)
			.map((client) -> CompletableFuture.supplyAsync(() -> send(key, this.port)))
			.toList();
		assertThat(both.stream().map((client) -> client.join().getStatus())).contains(HttpStatus.CREATED)
			.isSubsetOf(HttpStatus.CREATED, HttpStatus.CONFLICT);
		assertThat(records(key)).hasSize(1);
	}

	@Test
	void anOrderThatIsSentAgainAfterARestartHasTheSameId() {
		IdempotencyKey key = new IdempotencyKey(UUID.randomUUID().toString());
		send(key, this.port);
		try (ConfigurableApplicationContext restarted = SpringApplication.run(OrderApplication.class, "--server.port=0",
				"--spring.kafka.bootstrap-servers=" + this.kafka.getBrokersAsString())) {
			int port = ((WebServerApplicationContext) restarted).getWebServer().getPort();
			assertThat(send(key, port).getStatus()).isEqualTo(HttpStatus.CREATED);
		}
		assertThat(records(key)).hasSize(2).allSatisfy((record) -> assertThat(record.headers()).isEmpty());
	}

	@Test
	void aTopicThatGrowsKeepsTheOrdersOfEachKeyInOrder() throws Exception {
		assertThat(keysOutOfOrder(OrderProperties.Growth.ORDERED)).isEmpty();
	}

	@Test
	void withoutThatSettingATopicThatGrowsDoesNotKeepThemInOrder() throws Exception {
		assertThat(keysOutOfOrder(OrderProperties.Growth.IMMEDIATE)).isNotEmpty();
	}

	/**
	 * Grows a topic from one partition to three while orders arrive and the group has not
	 * handled the first ones, and restarts the service before it has.
	 * @return the customers whose orders were not handled in the order they were placed
	 * in
	 */
	private Set<String> keysOutOfOrder(OrderProperties.Growth growth) throws Exception {
		String topic = "growing-" + growth.name().toLowerCase(Locale.ROOT);
		SlowGroup group = new SlowGroup(this.kafka.getBrokersAsString(), topic);
		List<Integer> partitions = new ArrayList<>();
		try (Admin admin = Admin.create(bootstrap())) {
			admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
			try (ConfigurableApplicationContext order = growing(topic, growth)) {
				placeNumbered(order, 20, partitions);
				admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
				Awaitility.await("the service knows the new partitions")
					.atMost(Duration.ofSeconds(60))
					.until(() -> place(order, "no key", null) > 0);
				placeNumbered(order, 20, partitions);
			}
			try (ConfigurableApplicationContext order = growing(topic, growth); group) {
				placeNumbered(order, 20, partitions);
				group.start();
				Awaitility.await("an order with a key is in a new partition")
					.atMost(Duration.ofSeconds(60))
					.until(() -> placeNumbered(order, 1, partitions) > 0);
				placeNumbered(order, 20, partitions);
				group.awaitHandled(partitions.size());
			}
		}
		return group.keysOutOfOrder();
	}

	private ConfigurableApplicationContext growing(String topic, OrderProperties.Growth growth) {
		return SpringApplication.run(OrderApplication.class, "--server.port=0",
				"--spring.kafka.bootstrap-servers=" + this.kafka.getBrokersAsString(), "--lab.order.topic=" + topic,
				"--lab.order.group=" + SlowGroup.NAME, "--lab.order.growth=" + growth);
	}

	/**
	 * Places orders of ten customers, whose text is their number.
	 * @return the partition of the last one
	 */
	private int placeNumbered(ConfigurableApplicationContext order, int count, List<Integer> partitions) {
		for (int i = 0; i < count; i++) {
			int number = partitions.size();
			partitions.add(place(order, String.valueOf(number), "customer-" + number % 10));
		}
		return partitions.get(partitions.size() - 1);
	}

	/**
	 * Places an order. If it is refused, tries again until it is accepted.
	 * @return its partition
	 */
	private int place(ConfigurableApplicationContext order, String message, @Nullable String customerId) {
		int port = ((WebServerApplicationContext) order).getWebServer().getPort();
		RestTestClient.ResponseSpec placed = Awaitility.await("the order is placed")
			.pollDelay(Duration.ZERO)
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.http.post()
				.uri("http://localhost:" + port + "/orders")
				.body(new PlaceOrder(message, customerId))
				.exchange(), (answer) -> answer.returnResult().getStatus() == HttpStatus.CREATED);
		return Objects.requireNonNull(placed.expectBody(PlacedOrder.class).returnResult().getResponseBody())
			.partition();
	}

	/**
	 * The connections are made, and the requests sent, faster than Tomcat accepts them.
	 * The service has time to accept them all however busy the machine is.
	 */
	@Test
	void ordersThatAreOnTheirWayWhenTheServiceIsToldToEndAreAnswered() throws Exception {
		ConfigurableApplicationContext ending = SpringApplication.run(OrderApplication.class, "--server.port=0",
				"--spring.kafka.bootstrap-servers=" + this.kafka.getBrokersAsString(), "--lab.order.drain=5s",
				"--spring.lifecycle.timeout-per-shutdown-phase=1m",
				"--spring.kafka.producer.properties[delivery.timeout.ms]=60000");
		int port = ((WebServerApplicationContext) ending).getWebServer().getPort();
		List<Socket> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 80; i++) {
				Socket client = new Socket("localhost", port);
				clients.add(client);
				client.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
			}
			ending.close();
			for (Socket client : clients) {
				assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.startsWith("HTTP/1.1 201");
			}
		}
		finally {
			ending.close();
			for (Socket client : clients) {
				client.close();
			}
		}
	}

	/**
	 * Sends the order, and again as long as the service says that it was not recorded.
	 */
	private EntityExchangeResult<String> send(IdempotencyKey key, int port) {
		return accepted(() -> this.http.post()
			.uri("http://localhost:" + port + "/orders")
			.header("Idempotency-Key", "\"" + key.value() + "\"")
			.body(new PlaceOrder("1st-Order", null))
			.exchange()
			.expectBody(String.class)
			.returnResult());
	}

	/**
	 * On a busy machine, the broker may not answer in time, and the order is refused.
	 */
	private static <T extends ExchangeResult> T accepted(Callable<T> send) {
		return Awaitility.await("the order is not refused")
			.atMost(Duration.ofSeconds(60))
			.pollDelay(Duration.ZERO)
			.until(send, (answer) -> answer.getStatus() != HttpStatus.SERVICE_UNAVAILABLE);
	}

	/**
	 * Returns the records of the order with this key.
	 */
	private List<ConsumerRecord<String, String>> records(IdempotencyKey key) {
		List<TopicPartition> partitions = List.of(new TopicPartition("topic_example", 0),
				new TopicPartition("topic_example", 1));
		List<ConsumerRecord<String, String>> found = new ArrayList<>();
		try (Consumer<String, String> consumer = new KafkaConsumer<>(bootstrap(), new StringDeserializer(),
				new StringDeserializer())) {
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			Awaitility.await("the end of the topic").atMost(Duration.ofSeconds(60)).until(() -> {
				consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
				return partitions.stream()
					.allMatch((partition) -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
			});
		}
		return found.stream().filter((record) -> record.value().contains(key.orderId().toString())).toList();
	}

	private Socket beginToSendOrder() throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), this.port);
		String request = "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Length: 60000\r\n\r\n{";
		client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	/**
	 * Whether the client has neither an answer nor the end of the connection.
	 */
	private static boolean isWaitedFor(Socket client) {
		try {
			client.setSoTimeout(1);
			client.getInputStream().read();
			return false;
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private PlacedOrder place(String message, @Nullable String customerId) {
		EntityExchangeResult<PlacedOrder> answer = accepted(() -> this.http.post()
			.uri("/orders")
			.body(new PlaceOrder(message, customerId))
			.exchange()
			.expectBody(PlacedOrder.class)
			.returnResult());
		assertThat(answer.getStatus()).isEqualTo(HttpStatus.CREATED);
		return Objects.requireNonNull(answer.getResponseBody());
	}

	private ConsumerRecord<String, String> read(PlacedOrder order) {
		TopicPartition partition = new TopicPartition(order.topic(), order.partition());
		try (Consumer<String, String> consumer = new KafkaConsumer<>(bootstrap(), new StringDeserializer(),
				new StringDeserializer())) {
			consumer.assign(List.of(partition));
			consumer.seek(partition, order.offset());
			return consumer.poll(Duration.ofSeconds(10)).records(partition).get(0);
		}
	}

	private Properties bootstrap() {
		Properties properties = new Properties();
		properties.putAll(Map.of("bootstrap.servers", this.kafka.getBrokersAsString()));
		return properties;
	}

}
