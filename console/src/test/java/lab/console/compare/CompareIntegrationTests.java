package lab.console.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.fault.LabProcess;
import lab.console.fault.LabProcess.Result;
import lab.console.fault.TestLab;
import lab.console.instance.OwnBroker;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code ./lab compare} as a person runs it, with as little to measure as shows that it
 * measures.
 */
class CompareIntegrationTests {

	private static LabHome home;

	private static OwnBroker broker;

	private static Admin admin;

	@BeforeAll
	static void startSomebodysCluster() throws Exception {
		home = TestLab.home("CompareIntegrationTests/cluster");
		broker = OwnBroker.start(home, Map.of("authorizer.class.name",
				"org.apache.kafka.metadata.authorizer.StandardAuthorizer", "allow.everyone.if.no.acl.found", "true"),
				Messages.in(Language.EN));
		admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
	}

	@AfterAll
	static void stopIt() throws Exception {
		admin.close();
		broker.close();
	}

	@Test
	void measuresTheProductAndTheBareConsumerAndKeepsWhatItMeasured() throws Exception {
		LabProcess lab = lab("measures");
		Path out = lab.state().resolve("out");
		Result result = lab.run("compare", "--protocol", "consumer-tuned", "--scenario", "growth", "--repetitions", "1",
				"--json", "--out", out.toString());
		assertThat(result.status()).as(result.output()).isZero();
		List<JsonNode> rows = json(result.output().lines());
		assertThat(rows).extracting((row) -> row.path("series").asString()).containsExactly("spring", "plain");
		assertThat(rows).allSatisfy((row) -> {
			assertThat(row.path("runs").asInt()).isEqualTo(1);
			assertThat(row.path("reassignedMs").path("median").asDouble()).isPositive();
			assertThat(row.path("handledMs").path("median").asDouble())
				.isGreaterThanOrEqualTo(row.path("reassignedMs").path("median").asDouble());
		});
		assertThat(json(Files.lines(out.resolve("runs.jsonl")))).hasSize(2)
			.allSatisfy((run) -> assertThat(run.path("measures").path("lost").asInt()).isZero());
		assertThat(Files.readString(out.resolve("compare.html"))).contains("<svg", "consumer.heartbeat.interval.ms=500")
			.doesNotContain("src=", "href=");
		assertThat(Json.read(Files.readString(out.resolve("compare.json"))).path("versions").path("clients").asString())
			.isEqualTo(System.getProperty("kafka.version"));
		assertThat(out.resolve("histories")).isDirectoryContaining("glob:**growth-consumer-tuned-plain.json");
		assertThat(lab.state().resolve("compare/kafka")).as("data of the broker, which is stopped").doesNotExist();
	}

	/**
	 * A member that starts at the end of a new partition skips what was sent before it
	 * noticed: a run that loses a record does not count.
	 */
	@Test
	void aRunThatLosesARecordIsVoid() throws Exception {
		LabProcess lab = lab("loses");
		Path latest = Files.writeString(lab.state().resolve("latest.properties"),
				"auto.offset.reset=latest\nmetadata.max.age.ms=2000\nsession.timeout.ms=6000\n");
		Path out = lab.state().resolve("out");
		Result result = lab.run("compare", "--protocol", "consumer-tuned", "--consumer-config", latest.toString(),
				"--scenario", "growth", "--series", "plain", "--repetitions", "1", "--out", out.toString(),
				"--bootstrap-server", broker.bootstrapServers());
		assertThat(result.status()).as(result.output()).isEqualTo(1);
		assertThat(result.output()).contains("void: records that were never handled").contains("0 (1 void)");
		assertThat(out.resolve("histories")).isDirectoryContaining("glob:**growth-latest-plain.json");
		assertThat(left()).isEmpty();
	}

	@Test
	void anInterruptedComparisonLeavesNothingOnTheCluster() throws Exception {
		LabProcess lab = lab("interrupted");
		String[] line = { "compare", "--protocol", "consumer-tuned", "--scenario", "kill", "--out",
				lab.state().resolve("out").toString(), "--bootstrap-server", broker.bootstrapServers() };
		Process process = lab.start(line);
		Awaitility.await("a run is under way")
			.atMost(Duration.ofSeconds(90))
			.until(() -> left().stream().anyMatch((name) -> name.matches("compare-.*-\\d+-group")));
		process.destroy();
		assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
		assertThat(process.exitValue()).isNotZero();
		assertThat(lab.printed(line)).contains("interrupted: nothing is left on the cluster");
		assertThat(left()).isEmpty();
	}

	@Test
	void aClusterThatRefusesIsOneSentence() throws Exception {
		ResourcePattern topics = new ResourcePattern(ResourceType.TOPIC, "refused-", PatternType.PREFIXED);
		admin.createAcls(List.of(binding(topics, AclOperation.ALL, AclPermissionType.ALLOW),
				binding(topics, AclOperation.WRITE, AclPermissionType.DENY)))
			.all()
			.get();
		LabProcess lab = lab("refused");
		Result result = lab.run("compare", "--quick", "--prefix", "refused-", "--out",
				lab.state().resolve("out").toString(), "--bootstrap-server", broker.bootstrapServers());
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.output()).contains("does not authorize this client").contains("Write on topics");
		assertThat(left()).isEmpty();
	}

	@Test
	void aClusterThatIsTooOldForAProtocolIsSaidToBe() throws Exception {
		admin
			.updateFeatures(
					Map.of("share.version", new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
					new UpdateFeaturesOptions())
			.all()
			.get();
		LabProcess lab = lab("too-old");
		Result result = lab.run("compare", "--protocol", "share", "--out", lab.state().resolve("out").toString(),
				"--bootstrap-server", broker.bootstrapServers());
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.output()).contains("too old for share").contains("share.version");
		assertThat(left()).isEmpty();
	}

	private static AclBinding binding(ResourcePattern pattern, AclOperation operation, AclPermissionType permission) {
		return new AclBinding(pattern, new AccessControlEntry("User:*", "*", operation, permission));
	}

	private static LabProcess lab(String name) throws IOException {
		return new LabProcess(TestLab.home("CompareIntegrationTests/" + name).state());
	}

	/**
	 * What comparisons have made on the cluster and not removed.
	 */
	private static Set<String> left() throws Exception {
		List<String> names = new ArrayList<>(admin.listTopics().names().get());
		admin.listGroups().all().get().stream().map(GroupListing::groupId).forEach(names::add);
		return names.stream().filter((name) -> name.contains("compare-")).collect(Collectors.toSet());
	}

	private static List<JsonNode> json(Stream<String> lines) {
		try (lines) {
			return lines.filter((line) -> line.startsWith("{")).map(Json::read).toList();
		}
	}

}
