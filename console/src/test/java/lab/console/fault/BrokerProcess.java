package lab.console.fault;

import java.io.IOException;
import java.util.Map;

import lab.console.instance.OwnBroker;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * Kafka's own server in a JVM of its own, which {@code lab up} starts by default, on a
 * free port.
 */
public final class BrokerProcess implements BrokerUnderTest {

	private final OwnBroker broker;

	private BrokerProcess(OwnBroker broker) {
		this.broker = broker;
	}

	/**
	 * Starts a broker with the lab's settings.
	 * @param name of the folder below {@code target} for its data and its log
	 */
	public static BrokerProcess start(String name) throws IOException, InterruptedException {
		return start(name, Map.of());
	}

	/**
	 * Starts a broker.
	 * @param name of the folder below {@code target} for its data and its log
	 * @param settings of Kafka's server that differ from the lab's; they may be wrong
	 */
	public static BrokerProcess start(String name, Map<String, String> settings)
			throws IOException, InterruptedException {
		return new BrokerProcess(OwnBroker.start(TestLab.home(name), settings, Messages.in(Language.EN)));
	}

	@Override
	public String bootstrapServers() {
		return this.broker.bootstrapServers();
	}

	/**
	 * Returns the port, at which it listens on loopback.
	 */
	public int port() {
		return Integer.parseInt(bootstrapServers().replaceFirst(".*:", ""));
	}

	/**
	 * Stops the broker and keeps its data.
	 */
	public void stop() throws InterruptedException {
		this.broker.stop();
	}

	/**
	 * Starts the broker again after {@link #stop}, on the same port and with its data.
	 */
	public void start() throws InterruptedException {
		this.broker.start();
	}

	@Override
	public void restart() throws InterruptedException {
		this.broker.restart();
	}

	/**
	 * Commits an offset for a group without members. The coordinator may learn of a new
	 * topic a moment after it was created, which is waited for.
	 */
	public static void commit(Admin admin, String group, TopicPartition partition, long offset) {
		whenTheCoordinatorKnowsTheTopic(
				() -> admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
					.all()
					.get());
	}

	/**
	 * Sets the start offsets of a share group without members, as
	 * {@link #commit(Admin, String, TopicPartition, long)} does offsets.
	 */
	public static void startShareGroup(Admin admin, String group, Map<TopicPartition, Long> offsets) {
		whenTheCoordinatorKnowsTheTopic(() -> admin.alterShareGroupOffsets(group, offsets).all().get());
	}

	private static void whenTheCoordinatorKnowsTheTopic(ThrowingRunnable change) {
		Awaitility.await("the coordinator knows the topic")
			.ignoreExceptionsMatching((ex) -> ex.getCause() instanceof UnknownTopicOrPartitionException)
			.untilAsserted(change);
	}

	@Override
	public void close() throws InterruptedException {
		this.broker.close();
	}

}
