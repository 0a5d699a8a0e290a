package lab.order;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Checks twice a second whether the broker answers and the topic exists. Logs each change
 * once, also when the producer uses new partitions, gives the reason for a 503, and
 * creates a missing topic when it first reaches the broker, and again after the broker
 * was unreachable.
 * <p>
 * {@link KafkaAdmin#initialize()} can create topics, too. It is not used because it opens
 * a client for each attempt and logs each refusal with a stack trace.
 */
@Slf4j
@Component("kafka")
@RequiredArgsConstructor
class BrokerWatch implements HealthIndicator, DisposableBean {

	private static final int TIMEOUT_MS = 2000;

	private static final String NOT_YET = "Kafka has not answered yet.";

	private final KafkaAdmin kafkaAdmin;

	private final KafkaConnectionDetails connection;

	private final KafkaTemplate<String, OrderPlaced> kafka;

	private final OrderProperties properties;

	private final @Nullable OrderedGrowth growth;

	private @Nullable Admin admin;

	/** Whether the broker has answered and has had the topic since it was last away. */
	private boolean connected;

	/** How many partitions the producer sends to; 0 before it was asked. */
	private int partitions;

	private volatile @Nullable String problem = NOT_YET;

	/**
	 * Returns why orders cannot be placed, in one sentence, or null if nothing is known
	 * to prevent it.
	 */
	@Nullable String problem() {
		return this.problem;
	}

	/**
	 * Returns why orders are known not to be recorded now; empty before the first check:
	 * whether the broker is there is then for the producer to find out.
	 */
	Optional<String> refusal() {
		return Optional.ofNullable(this.problem).filter((problem) -> !problem.equals(NOT_YET));
	}

	@Override
	public Health health() {
		String problem = this.problem;
		Health.Builder health = (problem != null) ? Health.down().withDetail("problem", problem) : Health.up();
		return health.withDetail("bootstrapServers", servers()).withDetail("topic", this.properties.topic()).build();
	}

	@Override
	public void destroy() {
		if (this.admin != null) {
			this.admin.close(Duration.ZERO);
		}
	}

	@Scheduled(fixedDelay = 500)
	void check() {
		String found;
		try {
			found = findProblem();
		}
		catch (InterruptedException | InterruptException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		if (!Objects.equals(found, this.problem)) {
			if (found != null) {
				log.warn("{} Orders are answered with 503 meanwhile.", found);
			}
			else {
				log.info("Kafka at {} is there, with {}.", servers(), this.properties.topic());
			}
			this.problem = found;
		}
	}

	private @Nullable String findProblem() throws InterruptedException {
		String topic = this.properties.topic();
		try {
			if (this.admin == null) {
				this.admin = Admin.create(this.kafkaAdmin.getConfigurationProperties());
			}
			boolean exists = exists(this.admin, topic);
			if (this.connected) {
				if (!exists) {
					return "There is no topic %s; make it with: kafka-topics --bootstrap-server %s --create --topic %s --partitions 1."
						.formatted(topic, servers(), topic);
				}
				reportNewPartitions();
				return null;
			}
			if (!exists) {
				create(this.admin, topic);
			}
			// starts the producer, so that the first order does not wait for that
			reportPartitions(this.kafka.partitionsFor(topic));
			if (this.growth != null) {
				this.growth.prepare();
			}
			this.connected = true;
			return null;
		}
		catch (ExecutionException | KafkaException ex) {
			this.connected = false;
			if (ex instanceof RetriableException || ex.getCause() instanceof RetriableException) {
				return "Kafka at %s is not reachable.".formatted(servers());
			}
			return "Kafka at %s cannot be used: %s.".formatted(servers(),
					NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
	}

	/**
	 * Logs when the producer uses another number of partitions than before. It does so
	 * later than these are there: when it refreshes its metadata
	 * ({@code metadata.max.age.ms}).
	 */
	private void reportNewPartitions() {
		try {
			reportPartitions(this.kafka.partitionsFor(this.properties.topic()));
		}
		catch (TimeoutException ex) {
			log.debug("The producer has no metadata of the topic yet: the next check asks again.");
		}
	}

	private void reportPartitions(List<PartitionInfo> known) {
		// without a leader, a partition gets no orders yet
		boolean used = known.stream().allMatch((partition) -> partition.leader() != null);
		if (used && known.size() != this.partitions) {
			if (this.partitions > 0) {
				log.info("order knows {} partitions of {} now (before: {}).", known.size(), this.properties.topic(),
						this.partitions);
			}
			this.partitions = known.size();
		}
	}

	private static boolean exists(Admin admin, String topic) throws InterruptedException, ExecutionException {
		try {
			admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
				.allTopicNames()
				.get();
			return true;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
				return false;
			}
			throw ex;
		}
	}

	private static void create(Admin admin, String topic) throws InterruptedException, ExecutionException {
		NewTopic onePartition = new NewTopic(topic, Optional.of(1), Optional.empty());
		try {
			admin.createTopics(List.of(onePartition), new CreateTopicsOptions().timeoutMs(TIMEOUT_MS)).all().get();
			log.info("Made topic {} with 1 partition.", topic);
		}
		catch (ExecutionException ex) {
			// somebody else created it after exists()
			if (!(ex.getCause() instanceof TopicExistsException)) {
				throw ex;
			}
		}
	}

	private String servers() {
		return String.join(",", this.connection.getBootstrapServers());
	}

}
