package lab.console.group;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Verdict.Memory;
import lab.console.group.Verdict.Silence;
import lab.console.process.LabHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For the coordinator, a process that was killed is a member until its session expires.
 */
class LocalMembersTests {

	@TempDir
	private Path folder;

	@Test
	void aMemberWhoseProcessDoesNotRunIsSilent() {
		GroupSnapshot group = group("product97", "127.0.0.1");
		Map<String, Silence> silent = members().silent(group);
		assertThat(silent).containsOnly(Map.entry("product97", new Silence(group.at(), false)));
		assertThat(GroupVerdict.of(group, Optional.empty(), Optional.of(new GroupTimings(500, 5000, null)),
				new Memory(silent, Map.of())))
			.isEqualTo(new Verdict(Verdict.Level.WAIT, "verdict.killed", List.of("product97", "5")));
	}

	@Test
	void aMemberThatRunsIsNotSilent() throws IOException {
		LabHome home = home();
		home.pidFile("product97").write(ProcessHandle.current());
		assertThat(new LocalMembers(home).silent(group("product97", "127.0.0.1"))).isEmpty();
	}

	@Test
	void aMemberThatSomebodyStartedByHandIsKnownByItsPort() throws IOException {
		try (ServerSocket product = new ServerSocket(8081 + 98, 1, InetAddress.getLoopbackAddress())) {
			assertThat(members().silent(group("product" + (product.getLocalPort() - 8081), "127.0.0.1"))).isEmpty();
		}
	}

	@Test
	void nothingIsSaidOfMembersElsewhereOrOfAnotherKind() {
		assertThat(members().silent(group("product97", "172.18.0.5"))).isEmpty();
		assertThat(members().silent(group("console-consumer", "127.0.0.1"))).isEmpty();
		assertThat(members().silent(group("product97-x", "127.0.0.1"))).isEmpty();
	}

	private LocalMembers members() {
		return new LocalMembers(home());
	}

	private LabHome home() {
		return new LabHome(this.folder, this.folder.resolve(".lab"));
	}

	private static GroupSnapshot group(String clientId, String host) {
		return new GroupSnapshot(Instant.parse("2026-11-01T09:00:00Z"), "product", "Stable", "Consumer", "uniform", 1,
				1, List.of(new Member(clientId, clientId, "m1", host, 1, List.of("t-0"), List.of("t-0"))),
				List.of(new Partition("t", 0, 1, 3L, 3, clientId)));
	}

}
