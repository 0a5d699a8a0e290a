package lab.console.watch;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupTimings;
import lab.console.group.GroupVerdict;
import lab.console.group.UnreadRetention;
import lab.console.group.Verdict;
import lab.console.group.Verdict.Level;
import lab.console.group.WatchedGroup;
import lab.console.process.Ports.Connection;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.watch.GroupView.Broker;
import lab.console.watch.GroupView.Broker.BrokerState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the watched cluster: whether it answers, and what it answered last.
 */
final class ClusterState implements AutoCloseable {

	/**
	 * Settings of the group and of its topics are asked for once in so many snapshots.
	 */
	private static final int SNAPSHOTS_PER_SETTINGS = 10;

	private final LabOptions options;

	private final WatchedGroup source;

	private final Commands commands;

	private final History history;

	private @Nullable Cluster cluster;

	private Broker broker = new Broker(null, BrokerState.AWAY, Instant.now(), null);

	private @Nullable GroupSnapshot snapshot;

	private Optional<GroupTimings> timings = Optional.empty();

	private UnreadRetention retention = UnreadRetention.UNKNOWN;

	private int snapshots;

	/** The bootstrap servers that accept connections although the cluster is away. */
	private List<String> listening = List.of();

	/** What became of the last attempt to connect to the bootstrap servers. */
	private Connection connection = Connection.REFUSED;

	ClusterState(LabOptions options, WatchedGroup source, Commands commands, History history) {
		this.options = options;
		this.source = source;
		this.commands = commands;
		this.history = history;
	}

	/**
	 * Takes a snapshot of the group.
	 * @param then uses the connection and the snapshot, and returns the snapshot to keep;
	 * an exception counts as no answer
	 * @return empty where the cluster does not answer; the last snapshot is kept then
	 */
	Optional<GroupSnapshot> look(BiFunction<Cluster, GroupSnapshot, GroupSnapshot> then) throws InterruptedException {
		this.connection = Cluster.connection(this.options.bootstrapServer());
		if (this.connection != Connection.ACCEPTED) {
			this.listening = List.of();
			away(BrokerState.AWAY, null);
			return Optional.empty();
		}
		try {
			if (this.cluster == null) {
				this.cluster = Cluster.connect(this.options);
			}
			GroupSnapshot now = this.cluster.counted(this.snapshot, this.cluster.snapshot(this.source.group(),
					this.source.expectedTopic().stream().toArray(String[]::new)));
			boolean other = this.snapshot == null || exists(this.snapshot) != exists(now)
					|| !Objects.equals(this.snapshot.protocol(), now.protocol());
			if (this.snapshots++ % SNAPSHOTS_PER_SETTINGS == 0 || other) {
				this.timings = exists(now) ? this.cluster.timings(now) : Optional.empty();
				this.retention = this.cluster.retention(now);
			}
			now = then.apply(this.cluster, now);
			answered(now);
			return Optional.of(now);
		}
		catch (LabException ex) {
			failed(ex);
		}
		catch (KafkaException ex) {
			throwIfInterrupted(ex);
			this.listening = listening();
			away(BrokerState.AWAY, (ex instanceof TimeoutException) ? null : ex.getMessage());
		}
		return Optional.empty();
	}

	/**
	 * The cluster did not answer in time, or with an error. Of no answer only the reason
	 * is kept that a broker gives.
	 */
	void failed(LabException ex) {
		this.listening = listening();
		if (ex instanceof AwayException away) {
			away(BrokerState.AWAY, away.reason());
			return;
		}
		Throwable cause = ex.getCause();
		if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
			away(BrokerState.REFUSED, cause.getMessage());
		}
		else {
			// without a client, its settings are wrong
			away((cause != null && this.cluster == null) ? BrokerState.REFUSED : BrokerState.AWAY, ex.getMessage());
		}
	}

	private List<String> servers() {
		return Arrays.stream(this.options.bootstrapServer().split(",")).map(String::strip).toList();
	}

	private List<String> listening() {
		return servers().stream().filter(Cluster::reachable).toList();
	}

	/**
	 * Kafka tells settings of any name, also where there is no such group.
	 */
	private static boolean exists(GroupSnapshot group) {
		return !group.state().equals(GroupState.DEAD.toString());
	}

	private void answered(GroupSnapshot now) {
		if (!isUp() && this.broker.at() != null) {
			this.history.outageOver(now.at());
			this.history.say(now.at(), Level.OK, "event.broker-back", this.commands.brokers(),
					this.source.bootstrapServer());
		}
		this.broker = new Broker(now.at(), BrokerState.UP, since(BrokerState.UP, now.at()), null);
		this.snapshot = now;
	}

	private void away(BrokerState state, @Nullable String problem) {
		Instant now = Instant.now();
		if (isUp() && this.broker.at() != null) {
			this.history.outage(this.broker.at());
			if (this.connection == Connection.TIMED_OUT) {
				this.history.say(now, Level.BAD, "event.connection-timed-out", this.commands.brokers(),
						this.source.bootstrapServer());
			}
			else if (this.listening.isEmpty()) {
				this.history.say(now, Level.BAD, "event.broker-away", this.commands.brokers(),
						this.source.bootstrapServer());
			}
			else {
				this.history.say(now, Level.BAD, "event.cluster-silent", this.commands.brokers(),
						String.join(", ", this.listening));
			}
		}
		this.broker = new Broker(this.broker.at(), state, since(state, now), problem);
	}

	private Instant since(BrokerState state, Instant now) {
		return (this.broker.state() == state) ? this.broker.since() : now;
	}

	boolean isUp() {
		return this.broker.state() == BrokerState.UP;
	}

	Broker broker() {
		return this.broker;
	}

	/**
	 * The last snapshot, null before the first.
	 */
	@Nullable GroupSnapshot snapshot() {
		return this.snapshot;
	}

	Optional<GroupTimings> timings() {
		return this.timings;
	}

	UnreadRetention retention() {
		return this.retention;
	}

	/**
	 * The verdict on the cluster or, where it answers, on the last snapshot.
	 * @param memory what has been seen since
	 * @param now from when on the time is counted that is left
	 */
	Verdict verdict(Verdict.Memory memory, Instant now) {
		if (this.broker.state() == BrokerState.REFUSED) {
			return Verdict.refused(String.valueOf(this.broker.problem()));
		}
		if (!isUp() || this.snapshot == null) {
			return away();
		}
		return GroupVerdict.of(this.snapshot.at(now), this.source.expectedTopic(), this.timings, memory);
	}

	private Verdict away() {
		// what is shown is the last known state, or nothing yet
		String shown = (this.snapshot != null) ? "" : "-unseen";
		if (this.listening.isEmpty()) {
			String away = switch (this.connection) {
				case UNKNOWN_HOST -> "verdict.unknown-host";
				case TIMED_OUT -> "verdict.timed-out";
				default -> "verdict.away";
			};
			return new Verdict(Level.BAD, away + shown, List.of(this.source.bootstrapServer()));
		}
		String listening = String.join(", ", this.listening);
		List<String> others = servers().stream().filter((server) -> !this.listening.contains(server)).toList();
		List<String> values = others.isEmpty() ? List.of(listening) : List.of(String.join(", ", others), listening);
		String key = others.isEmpty() ? "verdict.silent" : "verdict.partly-away";
		String reason = this.broker.problem();
		return (reason == null) ? new Verdict(Level.BAD, key + shown, values) : new Verdict(Level.BAD,
				key + "-because" + shown, Stream.concat(values.stream(), Stream.of(reason)).toList());
	}

	@Override
	public void close() {
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	static void throwIfInterrupted(KafkaException ex) throws InterruptedException {
		if (ex instanceof InterruptException || Thread.currentThread().isInterrupted()) {
			throw new InterruptedException();
		}
	}

}
