package lab.order;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Keeps the orders of a key in order when partitions are added to the topic
 * ({@code lab.order.growth=ordered}). More partitions move keys: a new order of a key
 * would be handled before older ones that still wait in its former partition. So orders
 * with a key keep the former number of partitions until the group has handled everything
 * in these partitions.
 * <p>
 * As new orders arrive all the time, the last ones have to be waited for: when the group
 * is half a second behind or less, orders with a key are held, for a second at most,
 * until it has handled what was sent before. Then they use all partitions. If the group
 * takes longer, they are sent to the former partitions, and the next attempt follows. A
 * group that stays further behind, has no committed offsets or does not exist is waited
 * for without end, in the log and in the health of this service. So is a share group,
 * which has no committed offsets and keeps no order.
 * <p>
 * Orders without a key have no order, and use new partitions at once. A second instance
 * of this service is not waited for: the order of a key is kept if all of its orders go
 * through one instance.
 */
@Slf4j
@RequiredArgsConstructor
class OrderedGrowth implements HealthIndicator, DisposableBean {

	private static final Duration SHORTLY_BEHIND = Duration.ofMillis(500);

	private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

	/** Longer than a hold, as its first and last request to Kafka take time as well. */
	private static final Duration LONGEST_WAIT = Duration.ofMillis(1500);

	private static final Duration LOG_INTERVAL = Duration.ofSeconds(30);

	private static final int POLL_MS = 100;

	private static final int POLL_WHILE_HELD_MS = 10;

	private final KafkaTemplate<String, OrderPlaced> kafka;

	private final GroupOffsets offsets;

	private final OrderProperties properties;

	/**
	 * Whoever sends an order with a key holds the read lock, from the choice of the
	 * partition until the producer has the record.
	 */
	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	/** How many partitions orders with a key go to; 0 if not known yet. */
	private volatile int inUse;

	/** Ends when the orders use all partitions; null if the topic is not growing. */
	private @Nullable Thread growth;

	/** What the growth waits for; null if the topic is not growing. */
	private volatile @Nullable String waiting;

	/** When {@link #waiting} was logged last, in nanoseconds. */
	private long logged;

	/**
	 * Reads how many partitions are in use, so that the first order does not wait for
	 * that.
	 * @throws KafkaException if Kafka does not answer
	 */
	void prepare() {
		load(existing());
	}

	/**
	 * Sends an order, and chooses its partition if it has a key.
	 * @return as of {@link KafkaTemplate#send(ProducerRecord)}
	 * @throws KafkaException if the order was not sent: it is held for too long, or it is
	 * not known how many partitions are in use because Kafka does not answer
	 */
	CompletableFuture<SendResult<String, OrderPlaced>> send(ProducerRecord<String, OrderPlaced> order) {
		String key = order.key();
		if (key == null) {
			return this.kafka.send(order);
		}
		Lock sending = this.lock.readLock();
		try {
			if (!sending.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new TimeoutException("%s has new partitions, and group %s has not handled the orders before them."
					.formatted(this.properties.topic(), this.properties.group()));
			}
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
		try {
			int partition = BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions());
			return this.kafka.send(new ProducerRecord<>(order.topic(), partition, key, order.value()));
		}
		finally {
			sending.unlock();
		}
	}

	@Override
	public Health health() {
		String waiting = this.waiting;
		Health.Builder health = Health.up().withDetail("partitionsInUse", this.inUse);
		return (waiting != null) ? health.withDetail("waiting", waiting).build() : health.build();
	}

	/**
	 * Writes the number of partitions again before Kafka deletes it (after 7 days).
	 */
	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.DAYS)
	void renew() {
		if (this.inUse > 0) {
			this.offsets.use(this.inUse);
		}
	}

	@Override
	public synchronized void destroy() {
		if (this.growth != null) {
			this.growth.interrupt();
		}
		this.offsets.close();
	}

	private int partitions() {
		int existing = existing();
		// fewer than in use: the topic was made again, or this is metadata of a broker
		// that does not know the new partitions yet; Kafka deletes the committed offsets
		// together with a topic
		if (this.inUse == 0 || this.inUse > existing) {
			load(existing);
		}
		if (this.inUse < existing) {
			begin(existing);
		}
		return this.inUse;
	}

	private synchronized void load(int existing) {
		if (this.inUse == 0 || this.inUse > existing) {
			int before = this.offsets.inUse();
			int partitions = (before > 0) ? before : existing;
			if (partitions <= existing) {
				this.offsets.use(partitions);
			}
			this.inUse = partitions;
		}
	}

	private synchronized void begin(int existing) {
		if (this.growth == null && this.inUse < existing) {
			log.info("{} has {} partitions. Orders with a key go to {} until group {} has handled what is in {}.",
					this.properties.topic(), existing, first(), this.properties.group(), first());
			this.logged = System.nanoTime();
			this.growth = new Thread(this::moveWhenHandled, "growth");
			this.growth.setDaemon(true);
			this.growth.start();
		}
	}

	private synchronized void end() {
		this.growth = null;
		this.waiting = null;
	}

	private void moveWhenHandled() {
		long start = System.nanoTime();
		try {
			while (!tryToMove()) {
				TimeUnit.MILLISECONDS.sleep(POLL_MS);
			}
			log.info("Orders with a key go to {}, {} ms after the growth was noticed.", first(), millisSince(start));
		}
		catch (InterruptedException | InterruptException ex) {
			log.debug("This service ends before the orders use all partitions.");
		}
		finally {
			end();
		}
	}

	private boolean tryToMove() throws InterruptedException {
		try {
			return isShortlyBehind() && move();
		}
		catch (InterruptException ex) {
			throw ex;
		}
		catch (KafkaException ex) {
			waitFor("Kafka (%s)".formatted(ex.getMessage()));
			return false;
		}
	}

	/**
	 * Waits until the group has handled what is in the topic now.
	 * @return whether that took half a second at most
	 */
	private boolean isShortlyBehind() throws InterruptedException {
		Map<TopicPartition, Long> ends = this.offsets.ends(this.inUse);
		long start = System.nanoTime();
		for (long unhandled = this.offsets.unhandled(ends); unhandled > 0; unhandled = this.offsets.unhandled(ends)) {
			waitFor("group %s, which has not handled %d records".formatted(this.properties.group(), unhandled));
			TimeUnit.MILLISECONDS.sleep(POLL_MS);
		}
		return millisSince(start) <= SHORTLY_BEHIND.toMillis();
	}

	/**
	 * Holds orders with a key until the group has handled all before them, then lets them
	 * use all partitions.
	 * @return false if the group takes too long; the orders use the former partitions
	 */
	private boolean move() throws InterruptedException {
		Lock holding = this.lock.writeLock();
		holding.lockInterruptibly();
		try {
			long start = System.nanoTime();
			this.kafka.flush();
			Map<TopicPartition, Long> ends = this.offsets.ends(this.inUse);
			while (this.offsets.unhandled(ends) > 0) {
				if (millisSince(start) > LONGEST_HOLD.toMillis()) {
					return false;
				}
				TimeUnit.MILLISECONDS.sleep(POLL_WHILE_HELD_MS);
			}
			int partitions = existing();
			// before the first order to a new partition: it counts after a restart
			this.offsets.use(partitions);
			this.inUse = partitions;
			log.info("Orders with a key were held for {} ms.", millisSince(start));
			return true;
		}
		finally {
			holding.unlock();
		}
	}

	private void waitFor(String what) {
		this.waiting = what;
		if (millisSince(this.logged) > LOG_INTERVAL.toMillis()) {
			log.warn("Orders with a key still go to {}, and wait for {}.", first(), what);
			this.logged = System.nanoTime();
		}
	}

	private int existing() {
		return this.kafka.partitionsFor(this.properties.topic()).size();
	}

	private String first() {
		return (this.inUse == 1) ? "partition 0" : "partitions 0 to " + (this.inUse - 1);
	}

	private static long millisSince(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
	}

}
