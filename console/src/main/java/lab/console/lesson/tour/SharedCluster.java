package lab.console.lesson.tour;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import lab.console.group.Cluster;
import lab.console.lesson.Lesson;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/**
 * A cluster that others use too. At its end a tour deletes the topics and groups of its
 * lesson there, and nothing else, even if it has the same prefix.
 */
final class SharedCluster implements AutoCloseable {

	/**
	 * Somewhat longer than the longest session of a lesson's member: two minutes, in
	 * lesson 19.
	 */
	private static final Duration SESSION = Duration.ofSeconds(150);

	static final Duration CLOSE_TIMEOUT = SESSION.multipliedBy(2);

	private final LabOptions options;

	private final Set<String> names;

	private boolean closed;

	private SharedCluster(LabOptions options, Set<String> names) {
		this.options = options;
		this.names = names;
	}

	/**
	 * Enters the cluster.
	 * @param lesson whose topics and groups are deleted at the end
	 * @throws LabException if it does not answer, or if the prefix is in use
	 */
	static SharedCluster enter(LabOptions options, Lesson lesson) {
		try (Cluster cluster = Cluster.connect(options)) {
			Set<String> names = cluster.prefixed(options.prefix()).all();
			if (!names.isEmpty()) {
				throw new LabException(options.messages()
					.get("tour.prefix-used", options.prefix(), options.bootstrapServer(), String.join(", ", names)));
			}
		}
		return new SharedCluster(options, lesson.names());
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try (Cluster cluster = Cluster.connect(this.options)) {
			Instant deadline = Instant.now().plus(SESSION);
			while (!deleted(cluster, deadline)) {
				TimeUnit.MILLISECONDS.sleep(500);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Returns false while a group cannot be deleted because a member has neither left nor
	 * been removed after its session timeout.
	 */
	private boolean deleted(Cluster cluster, Instant deadline) {
		try {
			cluster.prefixed(this.options.prefix()).delete(this.names);
			return true;
		}
		catch (LabException ex) {
			if (ex.getCause() instanceof GroupNotEmptyException && Instant.now().isBefore(deadline)) {
				return false;
			}
			throw ex;
		}
	}

}
