package lab.console.up;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;

/**
 * The group that the products join.
 */
record ProductGroup(Cluster cluster, LabOptions options, Messages messages) {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

	private String name() {
		return this.options.prefix() + LabOptions.GROUP;
	}

	/**
	 * Checks that the products can join. A group keeps its type until it is deleted, even
	 * without members.
	 * @param share whether they need a share group
	 * @throws LabException if the group is of the other type
	 */
	void requireType(boolean share) {
		GroupSnapshot group = this.cluster.snapshot(name());
		if (group.protocol() != null && group.shared() != share) {
			throw new LabException(this.messages.get(share ? "up.group-no-share" : "up.group-share", name(),
					this.options.bootstrapServer()));
		}
	}

	/**
	 * Waits until that many members have joined and each partition has a reader; in a
	 * share group, until each member reads.
	 * @param members how many
	 * @param topic whether to wait for the topic, too: who creates it has been started
	 * @param within how long to wait
	 * @return whether that is so within the time
	 */
	boolean awaitAssignment(long members, boolean topic, Duration within) throws InterruptedException {
		long deadline = System.nanoTime() + within.toNanos();
		while (!assigned(this.cluster.snapshot(name(), this.options.prefix() + LabOptions.TOPIC), members, topic)) {
			if (System.nanoTime() > deadline) {
				return false;
			}
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
		return true;
	}

	static boolean assigned(GroupSnapshot group, long members, boolean topic) {
		return group.members().size() >= members && !(topic && group.partitions().isEmpty())
				&& group.partitions().stream().noneMatch((partition) -> partition.readBy().isEmpty())
				&& !(group.shared() && group.members().stream().anyMatch(GroupSnapshot.Member::idle));
	}

}
