package lab.console.lesson;

import java.util.Set;

import lab.console.group.Cluster;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;

/**
 * A cluster that others use too: a tour leaves it without the topics and groups that it
 * made there, which are known by their prefix.
 */
final class SharedCluster implements AutoCloseable {

	private final LabOptions options;

	private boolean closed;

	private SharedCluster(LabOptions options) {
		this.options = options;
	}

	/**
	 * Enters the cluster.
	 * @throws LabException if it does not answer, or the prefix is in use: what has it
	 * would be deleted in the end
	 */
	static SharedCluster enter(LabOptions options) {
		try (Cluster cluster = Cluster.connect(options)) {
			Set<String> names = cluster.topicsAndGroups(options.prefix());
			if (!names.isEmpty()) {
				throw new LabException(options.messages()
					.get("tour.prefix-used", options.prefix(), options.bootstrapServer(), String.join(", ", names)));
			}
		}
		return new SharedCluster(options);
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try (Cluster cluster = Cluster.connect(this.options)) {
			cluster.deleteTopicsAndGroups(this.options.prefix());
		}
	}

}
