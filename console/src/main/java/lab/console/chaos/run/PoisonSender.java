package lab.console.chaos.run;

import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

import lab.console.chaos.fault.PoisonKind;
import lab.console.chaos.ledger.HistoryLine.Poison;
import lab.console.terminal.LabOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records that are no orders to the order's topic.
 */
final class PoisonSender {

	/**
	 * More than the largest record.
	 */
	private static final int MAX_REQUEST_SIZE = 2 << 20;

	private PoisonSender() {
	}

	/**
	 * Returns when the record is in the topic.
	 */
	static Poison send(PoisonKind kind, int partition, Properties client) throws InterruptedException {
		Instant at = Instant.now();
		Properties settings = new Properties();
		settings.putAll(client);
		settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_SIZE);
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			RecordMetadata written = producer
				.send(new ProducerRecord<>(LabOptions.TOPIC, partition, null, null, kind.value(),
						List.of(new RecordHeader("poison", kind.header()))))
				.get();
			return new Poison(kind.code(), written.partition(), written.offset(), at);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(kind.code() + " could not be written", ex);
		}
	}

}
