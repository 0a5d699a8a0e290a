package lab.product.membership;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import lab.product.ProductProperties;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Notices when Kafka goes and comes back, says so once, and makes the topics that this
 * service writes to. The clients recover by themselves; this is for who looks on.
 */
@Slf4j
@Component("broker")
@RequiredArgsConstructor
public class BrokerWatch implements HealthIndicator, DisposableBean {

	private final ProductProperties names;

	private final KafkaConnectionDetails connection;

	private final Admin admin;

	/** Nothing is said of a broker that was there from the start. */
	private volatile State state = State.UNKNOWN;

	public boolean isReachable() {
		return this.state == State.REACHABLE;
	}

	/**
	 * Asks for the topics themselves: one that was deleted while we run is made again.
	 */
	@Scheduled(fixedDelayString = "1s")
	void look() {
		try {
			Map<String, KafkaFuture<TopicDescription>> topics = this.admin.describeTopics(this.names.ownTopics())
				.topicNameValues();
			for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : topics.entrySet()) {
				if (!exists(topic.getValue())) {
					create(topic.getKey());
				}
			}
			become(State.REACHABLE);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RetriableException) {
				become(State.AWAY);
			}
			else {
				become(State.REACHABLE);
				log.debug("Kafka answers, but refuses", ex);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean exists(KafkaFuture<TopicDescription> topic) throws InterruptedException, ExecutionException {
		try {
			topic.get();
			return true;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
				return false;
			}
			throw ex;
		}
	}

	private void create(String topic) throws InterruptedException, ExecutionException {
		try {
			this.admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()))).all().get();
		}
		catch (ExecutionException ex) {
			// the other instance was quicker
			if (!(ex.getCause() instanceof TopicExistsException)) {
				throw ex;
			}
		}
	}

	private void become(State now) {
		State before = this.state;
		this.state = now;
		if (now == State.AWAY && before != State.AWAY) {
			log.warn("Kafka at {} is not reachable; waiting for it.", address());
		}
		if (now == State.REACHABLE && before == State.AWAY) {
			log.info("Kafka at {} is back.", address());
		}
	}

	private String address() {
		return String.join(",", this.connection.getBootstrapServers());
	}

	@Override
	public Health health() {
		Health.Builder health = switch (this.state) {
			case REACHABLE -> Health.up();
			case AWAY -> Health.down();
			case UNKNOWN -> Health.unknown();
		};
		return health.withDetail("address", address()).build();
	}

	/**
	 * Waits for no answer: there is no one left to read it.
	 */
	@Override
	public void destroy() {
		this.admin.close(Duration.ZERO);
	}

	private enum State {

		UNKNOWN, REACHABLE, AWAY

	}

}
