package lab.product.membership;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import lab.product.ProductProperties;
import lab.product.Text;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Checks every second whether Kafka can be reached, reports when that changes, and
 * creates the topics that this service writes to. Kafka's clients reconnect by
 * themselves: this only informs the person watching.
 */
@Slf4j
@Component("broker")
@RequiredArgsConstructor
public class BrokerWatch implements HealthIndicator, DisposableBean {

	private final ProductProperties names;

	private final KafkaConnectionDetails connection;

	private final KafkaAdmin topics;

	private final Admin admin;

	/**
	 * As much as the producer's max.request.size: a dead letter is larger than its
	 * record.
	 */
	private static final Map<String, String> ROOM_FOR_HEADERS = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
			String.valueOf(2 << 20));

	/** A broker that was there from the start is not reported. */
	private volatile State state = State.UNKNOWN;

	/** Why the login or the creation of topics was refused last; null if it was not. */
	private volatile @Nullable String refusal;

	/**
	 * The only Admin of this service. {@link #destroy()} closes it.
	 */
	@Bean(destroyMethod = "")
	static Admin admin(KafkaAdmin settings) {
		return Admin.create(settings.getConfigurationProperties());
	}

	/**
	 * The topics that this service writes to. {@link #look()} creates them, as Spring
	 * would only try once, and hold up the start while the broker is away.
	 */
	@Bean
	static KafkaAdmin.NewTopics ownTopics(ProductProperties names) {
		return new KafkaAdmin.NewTopics(names.ownTopics()
			.stream()
			.map((topic) -> TopicBuilder.name(topic)
				.partitions(1)
				.configs(topic.equals(names.deadLetterTopic()) ? ROOM_FOR_HEADERS : Map.of())
				.build())
			.toArray(NewTopic[]::new));
	}

	public boolean isReachable() {
		return this.state == State.REACHABLE;
	}

	/**
	 * Describes the topics themselves, so that one that was deleted while we run is
	 * created again.
	 */
	@Scheduled(fixedDelayString = "1s")
	void look() {
		try {
			this.admin.describeTopics(this.names.ownTopics()).allTopicNames().get();
			become(State.REACHABLE, null);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
				createTopics();
			}
			else {
				failed(ex);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void createTopics() {
		try {
			if (this.topics.initialize()) {
				become(State.REACHABLE, null);
			}
		}
		catch (IllegalStateException ex) {
			failed(ex);
		}
	}

	private void failed(Exception ex) {
		Throwable cause = ex;
		while (!(cause instanceof KafkaException) && cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (cause instanceof RetriableException) {
			become(State.AWAY, null);
		}
		else if (cause instanceof AuthenticationException) {
			become(State.LOGIN_REFUSED, Text.rootOf(cause));
		}
		else {
			// an answer, so the broker is there
			become(State.REACHABLE, Text.rootOf(cause));
		}
	}

	private void become(State now, @Nullable String refusal) {
		State before = this.state;
		boolean newRefusal = refusal != null && !refusal.equals(this.refusal);
		this.state = now;
		this.refusal = refusal;
		if (now == State.AWAY && before != State.AWAY) {
			log.warn("Kafka at {} is not reachable; waiting for it.", address());
		}
		if (now == State.LOGIN_REFUSED && newRefusal) {
			log.error("Kafka at {} refuses the login of {} ({}); trying again.", address(), this.names.instance(),
					refusal);
		}
		if (now == State.REACHABLE && (before == State.AWAY || before == State.LOGIN_REFUSED)) {
			log.info("Kafka at {} is back.", address());
		}
		if (now == State.REACHABLE && newRefusal) {
			log.warn("{} may not describe or create its topics {} ({}); trying again.", this.names.instance(),
					String.join(", ", this.names.ownTopics()), refusal);
		}
	}

	String address() {
		return String.join(",", this.connection.getBootstrapServers());
	}

	@Override
	public Health health() {
		Health.Builder health = switch (this.state) {
			case REACHABLE -> Health.up();
			case AWAY -> Health.down();
			case LOGIN_REFUSED -> Health.down().withDetail("reason", "login refused: " + this.refusal);
			case UNKNOWN -> Health.unknown();
		};
		return health.withDetail("address", address()).build();
	}

	/**
	 * Closes the Admin without waiting for answers that nobody would read.
	 */
	@Override
	public void destroy() {
		this.admin.close(Duration.ZERO);
	}

	private enum State {

		UNKNOWN, REACHABLE, AWAY, LOGIN_REFUSED

	}

}
