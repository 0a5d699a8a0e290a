package lab.console.doctor;

import java.net.ServerSocket;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a check does not expect.
 */
class GroupChecksTests {

	@Test
	void failsTheChecksOfTheTopicAndOfTheGroupEachInALineOfItsOwn() throws Exception {
		try (Cluster closed = closedCluster()) {
			GroupChecks checks = new GroupChecks(Messages.in(Language.EN), "localhost:9092", closed);
			assertThat(List.of(checks.topic("orders", true), checks.group("product", false, Optional.empty())))
				.allSatisfy((check) -> assertThat(check).singleElement()
					.extracting(Finding::ok, Finding::required, Finding::diagnosis)
					.containsExactly(false, true, "refused"))
				.extracting((check) -> check.get(0).name())
				.containsExactly("topic", "group");
		}
	}

	@Test
	void doesNotFailACheckOfAClusterThatIsAwayWhichEndsTheOthersToo() {
		assertThatExceptionOfType(AwayException.class)
			.isThrownBy(() -> new Attempts(Messages.in(Language.EN)).required("topic", () -> {
				throw new AwayException("away");
			}));
	}

	@Test
	void failsOneLineOfAGroupWhoseOtherFactsAreSaid() throws Exception {
		List<Member> members = new AbstractList<>() {
			@Override
			public Member get(int index) {
				throw new IllegalStateException("no member");
			}

			@Override
			public int size() {
				return 1;
			}
		};
		GroupSnapshot snapshot = new GroupSnapshot(Instant.EPOCH, "product", "Stable", "Consumer", "uniform", 1, 1,
				members, List.of(new Partition("orders", 0, 1, 3L, 5, null)));
		try (Cluster closed = closedCluster()) {
			List<Finding> checks = new GroupChecks(Messages.in(Language.EN), "localhost:9092", closed).group(snapshot,
					true, Optional.of("orders"));
			assertThat(checks.get(0)).extracting(Finding::name, Finding::ok, Finding::required, Finding::diagnosis)
				.containsExactly("group", false, true, "unchecked");
			assertThat(checks.get(0).seen()).contains("could not be checked", "no member");
			assertThat(checks).extracting(Finding::name).contains("offsets", "lag");
		}
	}

	@Test
	void saysOfWhichPartitionsTheLagIsNotKnownInsteadOfThatEverythingIsRead() throws Exception {
		Partition read = new Partition("orders", 0, 1, 5L, 5, null);
		Partition beyond = new Partition("orders", 1, 1, 25L, 10, null);
		Partition never = new Partition("orders", 2, 1, null, 3, null);
		Partition behind = new Partition("orders", 3, 1, 4L, 10, null);
		assertThat(lag(read)).extracting(Finding::ok).containsExactly(true);
		assertThat(lag(read, beyond, never)).singleElement().satisfies((check) -> {
			assertThat(check.ok()).isFalse();
			assertThat(check.diagnosis()).isEqualTo("lag-unknown");
			assertThat(check.seen()).contains("orders-1, orders-2").doesNotContain("orders-0");
		});
		assertThat(lag(read, beyond, behind)).extracting(Finding::diagnosis).containsExactly("lag", "lag-unknown");
	}

	private static List<Finding> lag(Partition... partitions) throws Exception {
		GroupSnapshot snapshot = new GroupSnapshot(Instant.EPOCH, "product", "Empty", "Classic", null, null, null,
				List.of(), List.of(partitions));
		try (Cluster closed = closedCluster()) {
			return new GroupChecks(Messages.in(Language.EN), "localhost:9092", closed)
				.group(snapshot, true, Optional.of("orders"))
				.stream()
				.filter((check) -> check.name().equals("lag"))
				.toList();
		}
	}

	/**
	 * A cluster that refuses every call.
	 */
	private static Cluster closedCluster() throws Exception {
		try (ServerSocket nobody = new ServerSocket(0)) {
			Cluster cluster = Cluster.connect(CommandLine.populateCommand(new LabOptions(), "--bootstrap-server",
					"localhost:" + nobody.getLocalPort(), "--lang=EN"));
			cluster.close();
			return cluster;
		}
	}

}
