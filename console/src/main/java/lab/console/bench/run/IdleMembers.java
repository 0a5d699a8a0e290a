package lab.console.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Members of a group that read a topic in which nothing happens, in this JVM.
 */
final class IdleMembers implements AutoCloseable {

	private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private final List<IdleMember> members = new ArrayList<>();

	/**
	 * Lets them join.
	 */
	IdleMembers(int number, Properties client, String group, String topic) {
		for (int member = 1; member <= number; member++) {
			Properties settings = new Properties();
			settings.putAll(client);
			settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
			settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
			settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "member" + member);
			this.members.add(new IdleMember(settings, topic));
		}
		this.members.forEach(Thread::start);
	}

	/**
	 * How many partitions they own together.
	 */
	int owned() {
		return this.members.stream().mapToInt((member) -> member.owned.get()).sum();
	}

	@Override
	public void close() throws InterruptedException {
		this.members.forEach((member) -> member.consumer.wakeup());
		for (IdleMember member : this.members) {
			member.join(CLOSE_TIMEOUT.toMillis());
		}
	}

	private static final class IdleMember extends Thread {

		private final KafkaConsumer<byte[], byte[]> consumer;

		private final String topic;

		private final AtomicInteger owned = new AtomicInteger();

		private IdleMember(Properties settings, String topic) {
			super("member");
			setDaemon(true);
			this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
			this.topic = topic;
		}

		@Override
		public void run() {
			try (this.consumer) {
				this.consumer.subscribe(List.of(this.topic));
				while (true) {
					this.consumer.poll(POLL_TIMEOUT);
					this.owned.set(this.consumer.assignment().size());
				}
			}
			catch (WakeupException ex) {
				// closed
			}
		}

	}

}
