package lab.product.membership;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import lab.product.Consumption.JoinRefused;
import lab.product.Orders;
import lab.product.ProductProperties;
import lab.product.Text;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerRetryAuthSuccessfulEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Restarts the listener after the group refused it, and that of a share group also after
 * its consumer ended, and reports in the log and as health why this instance reads
 * nothing. A listener that is not restarted in this way would retry without a pause.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class Membership implements HealthIndicator {

	/** Kafka's client logs each attempt to join that the group refuses. */
	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(3);

	private final ProductProperties names;

	private final BrokerWatch broker;

	private final Admin admin;

	private final Optional<ShareGroup> shareGroup;

	private final KafkaListenerEndpointRegistry listeners;

	/** Why the group refused this instance; null once the listener was restarted. */
	private volatile @Nullable String refusal;

	/** What else keeps the listener from reading; null if nothing does. */
	private volatile @Nullable String problem;

	/** Whether the consumer of a share group has ended and is to be replaced. */
	private volatile boolean ended;

	/** The refusal that was logged last, which is not logged again. */
	private @Nullable String logged;

	/** Whether the group was of another type at the last check. */
	private boolean conflict;

	/**
	 * When the listener was last restarted after a refusal or an end, as a nanoTime.
	 */
	private @Nullable Long lastRetry;

	@EventListener
	void on(JoinRefused event) {
		this.refusal = Text.rootOf(event.cause());
	}

	@EventListener
	void on(ConsumerStoppedEvent event) {
		switch (event.getReason()) {
			case NORMAL -> this.problem = null;
			case FENCED -> {
				this.problem = "fenced: another member has joined as " + this.names.instance();
				log.error(
						"{} is fenced: another member has joined as {} (group.instance.id) and taken its partitions."
								+ " This instance no longer reads: stop it, or start it under another name.",
						this.names.instance(), this.names.instance());
			}
			default -> {
				if (this.refusal == null) {
					onUnexpectedEnd(event);
				}
			}
		}
	}

	/**
	 * The consumer of a share group is replaced, as its client can get into a state in
	 * which it reads nothing more, unless the JVM is in trouble.
	 */
	private void onUnexpectedEnd(ConsumerStoppedEvent event) {
		this.problem = "stopped: " + event.getReason();
		String container = event.getSource().getClass().getName();
		if (this.shareGroup.isPresent() && event.getReason() == ConsumerStoppedEvent.Reason.ABNORMAL) {
			log.warn("{} has stopped reading ({}); starting again. With --logging.level.{}=error it logs the cause.",
					this.names.instance(), event.getReason(), container);
			this.ended = true;
		}
		else {
			log.error("{} has stopped reading ({}): restart it. With --logging.level.{}=error it logs the cause.",
					this.names.instance(), event.getReason(), container);
		}
	}

	/**
	 * The listener tries again after {@code auth-exception-retry-interval}.
	 */
	@EventListener
	void on(ConsumerRetryAuthEvent event) {
		String problem = switch (event.getReason()) {
			case AUTHENTICATION -> "its login fails";
			case AUTHORIZATION ->
				"it needs READ on topic %s and on group %s".formatted(this.names.topic(), this.names.group());
		};
		if (!problem.equals(this.problem)) {
			this.problem = problem;
			log.error("Kafka does not let {} read: {}; trying again.", this.names.instance(), problem);
		}
	}

	@EventListener
	void on(ConsumerRetryAuthSuccessfulEvent event) {
		this.problem = null;
		log.info("Kafka lets {} read again.", this.names.instance());
	}

	@Override
	public Health health() {
		String refusal = this.refusal;
		String reason = (refusal != null) ? refusal : this.problem;
		if (reason == null && !isInExpectedState()) {
			reason = "the listener has stopped";
		}
		return (reason != null) ? Health.down().withDetail("reason", reason).build() : Health.up().build();
	}

	/**
	 * The listener of a share group counts as unexpected before it is started.
	 */
	private boolean isInExpectedState() {
		return this.shareGroup.isPresent() || orders().isInExpectedState();
	}

	@Scheduled(fixedDelayString = "500ms")
	void look() {
		if (!this.listeners.isRunning()) {
			return;
		}
		MessageListenerContainer orders = orders();
		String refusal = this.refusal;
		boolean isOver = refusal != null || this.ended;
		if (isOver && orders.isRunning()) {
			orders.stop();
		}
		boolean isToJoin = isOver || (this.shareGroup.isPresent() && !orders.isRunning());
		if (!isToJoin || !this.broker.isReachable()) {
			return;
		}
		if (isOfAnotherType()) {
			// the line about that says what to do, so that the refusal needs none
			this.logged = refusal;
			this.problem = "group %s is of another type".formatted(this.names.group());
		}
		else if (isTimeToRetry() && this.shareGroup.map(ShareGroup::isReady).orElse(true)) {
			if (refusal != null) {
				say(refusal);
			}
			if (isOver) {
				this.lastRetry = System.nanoTime();
			}
			// before the start, which may be refused at once
			this.refusal = null;
			this.ended = false;
			this.problem = null;
			start(orders);
		}
	}

	private void start(MessageListenerContainer orders) {
		try {
			orders.start();
		}
		catch (RuntimeException ex) {
			this.refusal = Text.rootOf(ex);
		}
	}

	private boolean isTimeToRetry() {
		Long last = this.lastRetry;
		return last == null || System.nanoTime() - last >= RETRY_INTERVAL.toNanos();
	}

	private MessageListenerContainer orders() {
		return Objects.requireNonNull(this.listeners.getListenerContainer(Orders.LISTENER));
	}

	private void say(String refusal) {
		if (!refusal.equals(this.logged)) {
			this.logged = refusal;
			log.warn("Group {} does not have {} as a member ({}); trying again.", this.names.group(),
					this.names.instance(), refusal);
		}
	}

	/**
	 * Whether the group exists and is of another type, which is logged once. A group
	 * keeps its type until it is deleted.
	 */
	private boolean isOfAnotherType() {
		boolean before = this.conflict;
		this.conflict = findConflict();
		if (this.conflict && !before) {
			boolean share = this.shareGroup.isPresent();
			log.error(
					"{} cannot join group {}, which is a {} group: stop its members, delete it (kafka-{}-groups"
							+ " --bootstrap-server {} --delete --group {}), and {} joins.",
					this.names.instance(), this.names.group(), share ? "consumer" : "share",
					share ? "consumer" : "share", this.broker.address(), this.names.group(), this.names.instance());
		}
		return this.conflict;
	}

	private boolean findConflict() {
		try {
			return this.admin.listGroups()
				.all()
				.get()
				.stream()
				.filter((group) -> group.groupId().equals(this.names.group()))
				.findFirst()
				.flatMap(GroupListing::type)
				.map((type) -> (type == GroupType.SHARE) != this.shareGroup.isPresent())
				.orElse(false);
		}
		catch (ExecutionException ex) {
			log.debug("The groups cannot be listed", ex);
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
