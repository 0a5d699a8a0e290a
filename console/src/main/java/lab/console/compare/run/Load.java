package lab.console.compare.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import lab.console.compare.measure.AcknowledgedRecord;
import lab.console.terminal.Json;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Sends orders at an even rate, to each partition in turn. Keys are chosen so that their
 * hash is the partition; when partitions are added, keys move.
 */
final class Load implements AutoCloseable {

	private static final int KEYS_PER_PARTITION = 4;

	private final KafkaProducer<byte[], byte[]> producer;

	private final String topic;

	private final long intervalNanos;

	private final int size;

	private final Queue<AcknowledgedRecord> placed = new ConcurrentLinkedQueue<>();

	private final Thread thread = new Thread(this::sendUntilStopped, "load");

	private volatile List<List<String>> keys;

	private volatile boolean stopped;

	private volatile Instant end = Instant.MAX;

	private volatile @Nullable Exception failure;

	/**
	 * @param rate records per second, over all partitions
	 * @param size minimum size of a record's value in bytes
	 */
	Load(Properties client, String topic, int partitions, int rate, int size) {
		Properties properties = new Properties();
		properties.putAll(client);
		properties.putAll(Map.of(ProducerConfig.LINGER_MS_CONFIG, "0", ProducerConfig.CLIENT_ID_CONFIG, "load"));
		this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
		this.topic = topic;
		this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / rate;
		this.size = size;
		this.keys = keys(partitions);
	}

	void start() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Returns why the last failed record was not acknowledged; empty if none failed.
	 */
	Optional<Exception> failure() {
		return Optional.ofNullable(this.failure);
	}

	/**
	 * Sends to that many partitions from now on.
	 */
	void grow(int partitions) {
		this.keys = keys(partitions);
	}

	private static List<List<String>> keys(int partitions) {
		List<List<String>> keys = new ArrayList<>();
		for (int partition = 0; partition < partitions; partition++) {
			keys.add(new ArrayList<>());
		}
		for (int i = 0; keys.stream().anyMatch((some) -> some.size() < KEYS_PER_PARTITION); i++) {
			String key = "customer-" + i;
			int partition = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
			if (keys.get(partition).size() < KEYS_PER_PARTITION) {
				keys.get(partition).add(key);
			}
		}
		return keys;
	}

	private void sendUntilStopped() {
		try {
			send();
		}
		catch (KafkaException | IllegalStateException ex) {
			// the producer was closed, or cannot be used any more
			this.failure = ex;
		}
	}

	private void send() {
		long next = System.nanoTime();
		for (long number = 0; !this.stopped; number++) {
			List<List<String>> keys = this.keys;
			int partition = (int) (number % keys.size());
			List<String> own = keys.get(partition);
			send(number, partition, own.get((int) (number / keys.size() % own.size())));
			next += this.intervalNanos;
			while (System.nanoTime() < next && !this.stopped) {
				LockSupport.parkNanos(next - System.nanoTime());
			}
		}
		this.end = Instant.now();
	}

	private void send(long number, int partition, String key) {
		String id = UUID.randomUUID().toString();
		Instant now = Instant.now();
		Map<String, String> order = new LinkedHashMap<>();
		order.put("id", id);
		order.put("message", "order " + number);
		order.put("customerId", key);
		order.put("placedAt", now.toString());
		order.put("padding", "");
		int missing = this.size - Json.line(order).length();
		order.put("padding", ".".repeat(Math.max(0, missing)));
		this.producer.send(new ProducerRecord<>(this.topic, partition, key.getBytes(StandardCharsets.UTF_8),
				Json.line(order).getBytes(StandardCharsets.UTF_8)), (metadata, failed) -> {
					if (failed == null) {
						this.placed.add(new AcknowledgedRecord(id, key, number, partition, now));
					}
					else {
						this.failure = failed;
					}
				});
	}

	/**
	 * Stops sending and returns when each record is acknowledged or has failed, within
	 * the producer's delivery timeout.
	 * @return when the last record was sent
	 */
	Instant stop() throws InterruptedException {
		this.stopped = true;
		LockSupport.unpark(this.thread);
		this.thread.join(Duration.ofSeconds(30).toMillis());
		this.producer.flush();
		return this.end;
	}

	/**
	 * Returns the records that the broker has acknowledged so far, in the order of
	 * sending.
	 */
	List<AcknowledgedRecord> placed() {
		return this.placed.stream().sorted(Comparator.comparingLong(AcknowledgedRecord::number)).toList();
	}

	@Override
	public void close() {
		this.stopped = true;
		this.producer.close(Duration.ofSeconds(2));
	}

}
