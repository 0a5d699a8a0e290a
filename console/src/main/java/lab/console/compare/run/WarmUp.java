package lab.console.compare.run;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import lab.console.compare.plan.MemberKind;
import lab.console.compare.plan.Settings;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Has a new process be a member once, alone and unmeasured, until it has handled a few
 * hundred records: what is measured later is not the loading of its classes.
 */
@RequiredArgsConstructor
public final class WarmUp implements Consumer<MemberHost> {

	private static final int RECORDS = 300;

	private static final int SIZE = 200;

	private static final int PATIENCE_SECONDS = 60;

	private final Cluster cluster;

	private final Properties client;

	private final List<MemberKind> series;

	private final RunNames names;

	private final Messages messages;

	private final AtomicInteger hosts = new AtomicInteger();

	/**
	 * Makes the topics, with something to read in them.
	 */
	public void prepare() throws InterruptedException {
		for (String topic : List.of(this.names.topic(), this.names.handledTopic(), this.names.rebalancesTopic(),
				this.names.deadLetterTopic())) {
			this.cluster.topics().create(topic, 1);
		}
		try (Load load = new Load(this.client, this.names.topic(), 1, RECORDS, SIZE)) {
			load.start();
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
			while (load.placed().size() < RECORDS) {
				load.failure().filter(AuthorizationException.class::isInstance).ifPresent((failure) -> {
					throw new LabException(this.messages.get("cluster.refused", failure.getMessage()), failure);
				});
				if (System.nanoTime() > deadline) {
					throw new LabException(this.messages.get("compare.not-warm", PATIENCE_SECONDS));
				}
				TimeUnit.MILLISECONDS.sleep(20);
			}
			load.stop();
		}
	}

	@Override
	public void accept(MemberHost host) {
		int number = this.hosts.incrementAndGet();
		for (MemberKind series : this.series) {
			RunNames names = new RunNames(this.names.prefix() + number + "-" + series.code() + "-");
			List<String> arguments = names.arguments("warm-up-" + number, Settings.KNOWN.get(0), this.client)
				.stream()
				.map((argument) -> argument.startsWith("--lab.product.group=") ? argument
						: argument.replace(names.prefix(), this.names.prefix()))
				.toList();
			host.join(series, arguments);
			awaitRead(names.group());
			host.leave();
		}
	}

	private void awaitRead(String group) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		try {
			while (!read(group)) {
				if (System.nanoTime() > deadline) {
					throw new LabException(this.messages.get("compare.not-warm", PATIENCE_SECONDS));
				}
				TimeUnit.MILLISECONDS.sleep(50);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LabException(this.messages.get("cluster.interrupted"), ex);
		}
	}

	private boolean read(String group) {
		List<Partition> partitions = this.cluster.snapshot(group, this.names.topic()).partitions();
		return partitions.stream().allMatch((partition) -> Long.valueOf(0).equals(partition.lag()));
	}

}
