package lab.console.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabOptions;
import lab.console.watch.GroupView.Broker.BrokerState;
import lab.console.watch.GroupView.FeedEntry;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

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
			assertThat(look(this.closed + ", " + listening))
				.isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.partly-away", List.of(this.closed, listening)));
			assertThat(look(listening)).isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.silent", List.of(listening)));
		}
	}

	@Test
	void saysThatNoBrokerIsThereWhereNoneAcceptsConnections() throws Exception {
		assertThat(look(this.closed)).isEqualTo(Verdict.away(this.closed));
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
				assertThat(one.verdict(Verdict.Memory.NONE))
					.isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.silent-because", List.of(listening, reason)));
			}
			String servers = this.closed + "," + listening;
			try (ClusterState some = state(servers, new History(commands(servers)))) {
				some.failed(loading);
				assertThat(some.verdict(Verdict.Memory.NONE)).isEqualTo(new Verdict(Verdict.Level.BAD,
						"verdict.partly-away-because", List.of(this.closed, listening, reason)));
			}
		}
	}

	private Verdict look(String servers) throws InterruptedException {
		History history = new History(commands(servers));
		try (ClusterState cluster = state(servers, history)) {
			assertThat(cluster.look((connection, snapshot) -> snapshot)).isEmpty();
			assertThat(cluster.broker().state()).isEqualTo(BrokerState.AWAY);
			assertThat(cluster.broker().problem()).as("no answer is no error").isNull();
			assertThat(history.feed().values()).extracting(FeedEntry::key).as("it never answered").isEmpty();
			return cluster.verdict(Verdict.Memory.NONE);
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
