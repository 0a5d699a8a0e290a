package lab.product.share;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import lab.product.ClientFailures;
import lab.product.Consumption.JoinRefused;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.AcknowledgementCommitCallback;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.core.DefaultShareConsumerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Creates the ShareConsumer with the settings that a consumer of a consumer group would
 * have. It renews the locks of its records while they are handled.
 */
@Slf4j
class MemberFactory extends DefaultShareConsumerFactory<byte[], byte[]> {

	/** Settings that a ShareConsumer rejects; the group has them instead. */
	private static final List<String> REJECTED = List.of("group.protocol", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
			ConsumerConfig.ISOLATION_LEVEL_CONFIG);

	private final ApplicationEventPublisher publisher;

	private final ClientFailures failures;

	MemberFactory(Map<String, Object> settings, ApplicationEventPublisher publisher, ClientFailures failures) {
		super(accepted(settings));
		this.publisher = publisher;
		this.failures = failures;
	}

	private static Map<String, Object> accepted(Map<String, Object> settings) {
		Map<String, Object> accepted = new HashMap<>(settings);
		accepted.keySet().removeAll(REJECTED);
		return accepted;
	}

	@Override
	protected ShareConsumer<byte[], byte[]> createRawConsumer(@Nullable String groupId, @Nullable String clientId,
			Map<String, Object> properties) {
		Map<String, Object> settings = new HashMap<>(getConfigurationProperties());
		settings.putAll(properties);
		settings.put(ConsumerConfig.CLIENT_ID_CONFIG, Objects.requireNonNull(clientId));
		return new Member(settings);
	}

	/**
	 * The container's thread handles the records, so a timer renews their locks meanwhile
	 * (KIP-1222). Spring has {@code ShareAcknowledgment.renew()}, but sends the renewal
	 * only when the listener has returned.
	 */
	private final class Member extends ExtendedShareConsumer {

		/**
		 * The container calls {@link #close()} without a timeout, and would wait 30 s for
		 * a broker that is away.
		 */
		private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

		/** How often the timer checks whether half of the locks' time has passed. */
		private static final Duration CHECK_INTERVAL = Duration.ofMillis(200);

		/** Kafka's, for a client that no broker has told another one. */
		private static final Duration DEFAULT_LOCK_DURATION = Duration.ofSeconds(30);

		/** How long a poll waits for records that are renewed, and known to be. */
		private static final Duration RENEWED_WITHIN = Duration.ofSeconds(1);

		/** Held by the thread that uses the consumer, which is not thread-safe. */
		private final Lock usage = new ReentrantLock();

		/** The records of the last poll that are locked and not acknowledged yet. */
		private final Set<ConsumerRecord<byte[], byte[]>> inHand = new LinkedHashSet<>();

		/** When they were locked, as a nanoTime. */
		private long lockedAt;

		/**
		 * The records that are being renewed: not refused, and not returned by a poll
		 * yet. With when the renewal was requested, as a nanoTime.
		 */
		private final Map<ConsumerRecord<byte[], byte[]>, Long> renewing = new HashMap<>();

		private final @Nullable Object clientId;

		/**
		 * Its only thread may wait 30 s (request.timeout.ms) for a broker that does not
		 * answer. What watches the broker and the group meanwhile has another one.
		 */
		private final ThreadPoolTaskScheduler renewals = new ThreadPoolTaskScheduler();

		private Member(Map<String, Object> settings) {
			super(settings);
			this.clientId = settings.get(ConsumerConfig.CLIENT_ID_CONFIG);
			this.renewals.setThreadNamePrefix("lock-renewal-");
			this.renewals.setDaemon(true);
			this.renewals.initialize();
			this.renewals.scheduleWithFixedDelay(this::renewInTime, CHECK_INTERVAL);
		}

		/**
		 * The container has no error handler for a failed poll: it logs it and stops.
		 * Unless the group refuses the member, this goes on.
		 * @throws IllegalStateException if the client has lost track of a renewal. It
		 * would lock further records, and return none of them: the container has to
		 * create a new consumer
		 */
		@Override
		public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
			this.usage.lock();
			try {
				this.inHand.clear();
				if (isARenewalLost()) {
					log.warn(
							"Kafka has not answered the renewal of a lock, and the lock is over (KAFKA-20330): {} joins"
									+ " again as a new member.",
							this.clientId);
					throw new IllegalStateException("Kafka has not answered the renewal of a lock");
				}
				ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
				records.forEach(this.renewing::remove);
				records.forEach(this.inHand::add);
				this.lockedAt = System.nanoTime();
				return records;
			}
			catch (InterruptException ex) {
				throw ex;
			}
			catch (KafkaException ex) {
				if (ClientFailures.isRefusal(ex)) {
					MemberFactory.this.publisher.publishEvent(new JoinRefused(ex));
					throw ex;
				}
				MemberFactory.this.failures.goOnAfter(ex);
				return ConsumerRecords.empty();
			}
			finally {
				this.usage.unlock();
			}
		}

		/**
		 * Renews a record instead of releasing it. Each release uses up one of the five
		 * deliveries of a record, and after the last one it is lost. A renewed record
		 * stays locked for another 30 s, and the next poll returns it again.
		 * <p>
		 * Does nothing with a record whose lock could not be renewed, which
		 * {@link LateAcknowledgements} has logged.
		 */
		@Override
		public void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
			this.usage.lock();
			try {
				if (!this.inHand.remove(record)) {
					return;
				}
				if (type == AcknowledgeType.RELEASE) {
					renew(record);
				}
				else {
					super.acknowledge(record, type);
				}
			}
			finally {
				this.usage.unlock();
			}
		}

		/**
		 * Renews the locks of the records in hand when half of their time has passed, by
		 * default after 15 s. Does not wait for the container's thread: while that uses
		 * the consumer, it handles no record.
		 */
		private void renewInTime() {
			if (!this.usage.tryLock()) {
				return;
			}
			try {
				if (!this.inHand.isEmpty() && isHalfTimeOver()) {
					renew();
				}
			}
			catch (InterruptException ex) {
				// the consumer is being closed
				this.inHand.clear();
			}
			catch (KafkaException ex) {
				this.inHand.clear();
				if (ClientFailures.isRefusal(ex)) {
					MemberFactory.this.publisher.publishEvent(new JoinRefused(ex));
				}
				else {
					MemberFactory.this.failures.goOnAfter(ex);
				}
			}
			finally {
				this.usage.unlock();
			}
		}

		private boolean isHalfTimeOver() {
			Optional<Duration> lock = lockDuration();
			return lock.isPresent() && System.nanoTime() - this.lockedAt >= lock.get().dividedBy(2).toNanos();
		}

		/**
		 * Whether a lock has run out while its renewal was neither confirmed nor refused.
		 */
		private boolean isARenewalLost() {
			long lock = lockDuration().orElse(DEFAULT_LOCK_DURATION).toNanos();
			long now = System.nanoTime();
			return this.renewing.values().stream().anyMatch((since) -> now - since >= lock);
		}

		private Optional<Duration> lockDuration() {
			return acquisitionLockTimeoutMs().map(Duration::ofMillis);
		}

		private void renew(ConsumerRecord<byte[], byte[]> record) {
			super.acknowledge(record, AcknowledgeType.RENEW);
			this.renewing.put(record, System.nanoTime());
		}

		/**
		 * Also notes which renewals Kafka has refused. That one is confirmed counts only
		 * when a poll returns its record: the client can lose it in between.
		 */
		@Override
		public void setAcknowledgementCommitCallback(@Nullable AcknowledgementCommitCallback callback) {
			super.setAcknowledgementCommitCallback((offsets, ex) -> {
				if (ex != null) {
					offsets.forEach((partition, refused) -> this.renewing.keySet()
						.removeIf((record) -> record.partition() == partition.partition()
								&& refused.contains(record.offset())));
				}
				if (callback != null) {
					callback.onComplete(offsets, ex);
				}
			});
		}

		private void renew() {
			// what is acknowledged already: the client loses track of renewals when
			// another broker answers the same commit without any
			commitSync();
			long now = System.nanoTime();
			this.inHand.forEach(this::renew);
			boolean renewed = commitSync().values().stream().anyMatch(Optional::isEmpty);
			this.lockedAt = now;
			Set<ConsumerRecord<byte[], byte[]>> again = new LinkedHashSet<>();
			if (renewed) {
				// only a poll makes them records again that can be acknowledged
				super.poll(RENEWED_WITHIN).forEach(again::add);
				again.forEach(this.renewing::remove);
			}
			this.inHand.retainAll(again);
			// those that failed are for the container's next poll
			again.removeAll(this.inHand);
			again.forEach(this::renew);
		}

		@Override
		public void close() {
			this.renewals.shutdown();
			this.usage.lock();
			try {
				this.inHand.clear();
				close(CLOSE_TIMEOUT);
			}
			finally {
				this.usage.unlock();
			}
		}

	}

}
