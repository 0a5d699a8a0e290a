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
 * Sends orders at an even rate, each partition in turn, with keys that belong there: the
 * partition of a key is its hash, as everywhere, so that growth moves keys.
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
	 * @param rate records a second, over all partitions
	 * @param size of a record's value in bytes, where it has not more to say
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
	 * Why the last record that was not acknowledged was not, where there is one.
	 */
	Optional<Exception> failure() {
		return Optional.ofNullable(this.failure);
	}

	/**
	 * From now on there are so many partitions.
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
			// the producer is closed, or good for nothing any more
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
	 * Returns when all that was sent is acknowledged or has failed.
	 * @return when it ended
	 */
	Instant stop() throws InterruptedException {
		this.stopped = true;
		LockSupport.unpark(this.thread);
		this.thread.join();
		this.producer.flush();
		return this.end;
	}

	/**
	 * What the broker has acknowledged so far, in the order of sending.
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
