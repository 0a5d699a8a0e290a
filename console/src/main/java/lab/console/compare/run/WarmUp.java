package lab.console.compare.run;

import java.time.Duration;
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
 * Makes a new process a member of a group of its own, unmeasured, until it has handled a
 * few hundred records. Class loading and compilation are then not part of what is
 * measured.
 */
@RequiredArgsConstructor
public final class WarmUp implements Consumer<MemberHost> {

	private static final int RECORDS = 300;

	private static final int SIZE = 200;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final Cluster cluster;

	private final Properties client;

	private final List<MemberKind> memberKinds;

	private final RunNames names;

	private final Messages messages;

	private final AtomicInteger hosts = new AtomicInteger();

	/**
	 * Creates the topics and sends the records that new members read.
	 * @throws LabException if the cluster refuses, or does not acknowledge the records in
	 * time
	 */
	public void prepare() throws InterruptedException {
		for (String topic : List.of(this.names.topic(), this.names.handledTopic(), this.names.rebalancesTopic(),
				this.names.deadLetterTopic())) {
			this.cluster.topics().create(topic, 1);
		}
		try (Load load = new Load(this.client, this.names.topic(), 1, RECORDS, SIZE)) {
			load.start();
			long deadline = System.nanoTime() + TIMEOUT.toNanos();
			while (load.placed().size() < RECORDS) {
				load.failure().filter(AuthorizationException.class::isInstance).ifPresent((failure) -> {
					throw new LabException(this.messages.get("cluster.refused", failure.getMessage()), failure);
				});
				if (System.nanoTime() > deadline) {
					throw new LabException(this.messages.get("compare.not-warm", TIMEOUT.toSeconds()));
				}
				TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
			}
			load.stop();
		}
	}

	@Override
	public void accept(MemberHost host) {
		int number = this.hosts.incrementAndGet();
		for (MemberKind kind : this.memberKinds) {
			String group = "%s%d-%s-group".formatted(this.names.prefix(), number, kind.code());
			host.join(kind, new RunNames(this.names.prefix(), group).arguments("warm-up-" + number,
					Settings.KNOWN.get(0), this.client));
			awaitRead(group);
			host.leave();
		}
	}

	private void awaitRead(String group) {
		long deadline = System.nanoTime() + TIMEOUT.toNanos();
		try {
			while (!read(group)) {
				if (System.nanoTime() > deadline) {
					throw new LabException(this.messages.get("compare.not-warm", TIMEOUT.toSeconds()));
				}
				TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
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
