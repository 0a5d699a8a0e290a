package lab.product.membership;

import java.util.Objects;
import java.util.Optional;

import lab.product.Orders;
import lab.product.ProductProperties;
import lab.product.Text;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the listener join its group again when the group would not have it, and says why it
 * is out, also as health: an instance that reads nothing looks well otherwise. Left to
 * itself the listener asks as often as it can and logs each answer.
 */
@Slf4j
@Component
@RequiredArgsConstructor
public class Membership implements HealthIndicator {

	private final ProductProperties names;

	private final BrokerWatch broker;

	private final GroupConflict conflict;

	private final Optional<ShareGroup> shareGroup;

	private final KafkaListenerEndpointRegistry listeners;

	private volatile @Nullable String refusal;

	private volatile boolean fenced;

	/** What was said last: the same is not said again. */
	private @Nullable String said;

	/**
	 * The group does not have this instance as a member.
	 */
	public void refused(Exception ex) {
		this.refusal = Text.rootOf(ex);
	}

	@EventListener
	void on(ConsumerStoppedEvent event) {
		if (event.getReason() == Reason.FENCED) {
			this.fenced = true;
			log.error(
					"{} is fenced: another member has joined as {} (group.instance.id) and has its place. This one reads"
							+ " nothing any more: stop it, and start it under a name of its own if both are to read.",
					this.names.instance(), this.names.instance());
		}
	}

	@Override
	public Health health() {
		String reason = this.fenced ? "fenced: another member has joined as " + this.names.instance() : this.refusal;
		return (reason != null) ? Health.down().withDetail("reason", reason).build() : Health.up().build();
	}

	@Scheduled(fixedDelayString = "500ms")
	void look() {
		if (!this.listeners.isRunning()) {
			return;
		}
		MessageListenerContainer orders = Objects.requireNonNull(this.listeners.getListenerContainer(Orders.LISTENER));
		String refusal = this.refusal;
		if (refusal != null && orders.isRunning()) {
			orders.stop();
		}
		boolean isToJoin = refusal != null || (this.shareGroup.isPresent() && !orders.isRunning());
		if (!isToJoin || !this.broker.isReachable()) {
			return;
		}
		if (this.conflict.exists()) {
			// which says it better
			this.said = refusal;
		}
		else if (readsFromBeginning()) {
			say(refusal);
			this.refusal = null;
			orders.start();
		}
	}

	private void say(@Nullable String refusal) {
		if (refusal != null && !refusal.equals(this.said)) {
			this.said = refusal;
			log.warn("Group {} does not have {} as a member ({}); trying again.", this.names.group(),
					this.names.instance(), refusal);
		}
	}

	private boolean readsFromBeginning() {
		return this.shareGroup.map(ShareGroup::readsFromBeginning).orElse(true);
	}

}
