package lab.console.watch;

import java.time.Instant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import lab.console.group.Cluster;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.watch.GroupView.Broker.BrokerState;
import lab.console.watch.GroupView.FeedEntry;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Brokers of which some accept connections and none answers.
 */
class ClusterStateTests {

	@TempDir
	private Path folder;

	private final String closed = "localhost:" + TestSocketUtils.findAvailableTcpPort();

	private Path settings;

	@BeforeEach
	void writeSettings() throws IOException {
		this.settings = this.folder.resolve("client.properties");
		Files.writeString(this.settings, "default.api.timeout.ms=300\nrequest.timeout.ms=200\n");
	}

	@Test
	void doesNotSayThatNoBrokerIsThereWhereOneAcceptsConnections() throws Exception {
		try (ServerSocket open = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
			String listening = "localhost:" + open.getLocalPort();
			assertThat(look(this.closed + ", " + listening)).isEqualTo(
					new Verdict(Verdict.Level.BAD, "verdict.partly-away-unseen", List.of(this.closed, listening)));
			assertThat(look(listening))
				.isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.silent-unseen", List.of(listening)));
		}
	}

	@Test
	void saysThatNoBrokerIsThereWhereNoneAcceptsConnections() throws Exception {
		assertThat(look(this.closed))
			.isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.away-unseen", List.of(this.closed)));
	}

	@Test
	void saysThatAHostNameCannotBeResolved() throws Exception {
		assertThat(look("nobody.invalid:9092"))
			.isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.unknown-host-unseen", List.of("nobody.invalid:9092")));
	}

	/**
	 * As of a broker that is paused: the kernel accepts connections for it until its
	 * queue is full.
	 */
	@Test
	void saysThatAConnectionTimesOutWhereTheBrokerAcceptsNoMore() throws Exception {
		List<Socket> waiting = new ArrayList<>();
		try (ServerSocket frozen = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
			try {
				while (waiting.size() < 10) {
					Socket socket = new Socket();
					waiting.add(socket);
					socket.connect(frozen.getLocalSocketAddress(), 300);
				}
			}
			catch (SocketTimeoutException ex) {
				// its queue is full
			}
			String server = "localhost:" + frozen.getLocalPort();
			assertThat(look(server))
				.isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.timed-out-unseen", List.of(server)));
			assertThatExceptionOfType(AwayException.class).isThrownBy(() -> Cluster.connect(options(server)))
				.withMessageNotContaining("lab up")
				.withMessageContaining("lab doctor");
		}
		finally {
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	@Test
	void saysWhatABrokerGivesAsTheReason() throws Exception {
		String reason = "The coordinator is loading.";
		AwayException loading = new AwayException("silent", new TimeoutException(), reason);
		try (ServerSocket open = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
			String listening = "localhost:" + open.getLocalPort();
			try (ClusterState one = state(listening, new History(commands(listening)))) {
				one.failed(loading);
				assertThat(one.broker().problem()).isEqualTo(reason);
				assertThat(one.verdict(Verdict.Memory.NONE, Instant.now())).isEqualTo(
						new Verdict(Verdict.Level.BAD, "verdict.silent-because-unseen", List.of(listening, reason)));
			}
			String servers = this.closed + "," + listening;
			try (ClusterState some = state(servers, new History(commands(servers)))) {
				some.failed(loading);
				assertThat(some.verdict(Verdict.Memory.NONE, Instant.now())).isEqualTo(new Verdict(Verdict.Level.BAD,
						"verdict.partly-away-because-unseen", List.of(this.closed, listening, reason)));
			}
		}
	}

	/**
	 * The verdict says already that the cluster refused.
	 */
	@Test
	void saysWhyTheClusterRefuses() {
		String reason = "Unexpected handshake request with client mechanism PLAIN";
		try (ClusterState cluster = state(this.closed, new History(commands(this.closed)))) {
			cluster.failed(new LabException("the cluster refused: " + reason, new SaslAuthenticationException(reason)));
			assertThat(cluster.broker().state()).isEqualTo(BrokerState.REFUSED);
			assertThat(cluster.verdict(Verdict.Memory.NONE, Instant.now())).isEqualTo(Verdict.refused(reason));
		}
	}

	private Verdict look(String servers) throws InterruptedException {
		History history = new History(commands(servers));
		try (ClusterState cluster = state(servers, history)) {
			assertThat(cluster.look((connection, snapshot) -> snapshot)).isEmpty();
			assertThat(cluster.broker().state()).isEqualTo(BrokerState.AWAY);
			assertThat(cluster.broker().problem()).as("no answer is no error").isNull();
			assertThat(history.feed().values()).extracting(FeedEntry::key).as("it never answered").isEmpty();
			return cluster.verdict(Verdict.Memory.NONE, Instant.now());
		}
	}

	private ClusterState state(String servers, History history) {
		return new ClusterState(options(servers), source(servers), commands(servers), history);
	}

	private Commands commands(String servers) {
		return Commands.of(options(servers), source(servers));
	}

	private LabOptions options(String servers) {
		return CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", servers, "--command-config",
				this.settings.toString());
	}

	private static WatchedGroup source(String servers) {
		return new WatchedGroup(servers, "product", null, false);
	}

}
