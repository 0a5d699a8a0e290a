package lab.console.exercise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import lab.console.fault.LabProcess;
import lab.console.fault.LabProcess.Result;
import lab.console.fault.OwnNetwork;
import lab.console.fault.TestLab;
import lab.console.process.LabHome;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Each exercise fails before it is solved, and passes after, as a learner runs it.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT) // each has a network of its own, and waits more than
										// it works
@ResourceLock(providers = OwnNetwork.PortsIfShared.class)
class ExerciseIntegrationTests {

	@TempDir
	private Path state;

	private OwnNetwork network;

	static List<String> names() {
		LabHome home = new LabHome(TestLab.ROOT, TestLab.ROOT.resolve(".lab"));
		return Exercises.in(home, Messages.in(Language.EN)).all().stream().map(Exercise::name).toList();
	}

	@BeforeEach
	void openNetwork() throws Exception {
		this.network = OwnNetwork.open();
	}

	@AfterEach
	void leavesNothingRunning() throws Exception {
		try (OwnNetwork used = this.network) {
			used.assertPortsAreFree();
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void failsUntilItIsSolved(String name) throws Exception {
		LabProcess lab = new LabProcess(this.state, this.network);
		assertThat(lab.run("exercise", name).status()).isZero();
		Result broken = lab.run("exercise", name, "--check");
		assumeThat(broken.output()).as("prometheus is installed (apt-get install prometheus)")
			.doesNotContain(Messages.in(Language.EN).get("tour.no-prometheus", "prometheus"));
		assertThat(broken.status()).as(broken.output()).isEqualTo(1);
		assertThat(broken.output()).contains("✗ ").contains("If you see something else");
		assertThat(lab.run("exercise").output()).containsPattern(name + " +begun");

		solve(name);
		Result solved = lab.run("exercise", name, "--check");
		assertThat(solved.status()).as(solved.output()).isZero();
		assertThat(lab.run("exercise").output()).containsPattern(name + " +✓ solved");

		assertThat(lab.start("reset").waitFor()).isZero();
		assertThat(this.state.resolve("exercises").resolve(name)).isNotEmptyDirectory();
		assertThat(this.state.resolve("logs")).doesNotExist();
	}

	/**
	 * A time that is long enough for the busy day is too long for the quiet one.
	 */
	@Test
	void aFixedTimeDoesNotSolveKeyOrder() throws Exception {
		LabProcess lab = new LabProcess(this.state, this.network);
		assertThat(lab.run("exercise", "key-order").status()).isZero();
		Path script = this.state.resolve("exercises/key-order/grow.sh");
		Files.writeString(script, Files.readString(script).replace("kafka-topics", "sleep 90\nkafka-topics"));
		Result waits = lab.run("exercise", "key-order", "--check");
		assertThat(waits.status()).as(waits.output()).isEqualTo(1);
		assertThat(waits.output()).contains("✗ expected: it ends within 40 s");
	}

	/**
	 * Under KIP-848 the only member's commit succeeds after it was removed, so that no
	 * order is handled twice.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "max-poll-records: 50", "max-poll-records: 3",
			"max-poll-records: 3\n  properties.group.protocol: classic" })
	void aMemberThatJoinsAgainDoesNotSolveEvicted(String settings) throws Exception {
		LabProcess lab = new LabProcess(this.state, this.network);
		assertThat(lab.run("exercise", "evicted").status()).isZero();
		Files.writeString(this.state.resolve("exercises/evicted/application.yml"),
				"spring.kafka.consumer:\n  " + settings + "\n");
		Result removed = lab.run("exercise", "evicted", "--check");
		assertThat(removed.status()).as(removed.output()).isEqualTo(1);
		assertThat(removed.output()).containsSubsequence("✗ must not appear:", "✗ expected: product1 handled",
				"not waited for any longer", "longer between two polls");
	}

	/**
	 * The product has the right setting of its own.
	 */
	@Test
	void aSettingInACommentDoesNotSolveSkipped() throws Exception {
		LabProcess lab = new LabProcess(this.state, this.network);
		assertThat(lab.run("exercise", "skipped").status()).isZero();
		Path file = this.state.resolve("exercises/skipped/application.yml");
		Files.writeString(file, Files.readString(file).replace("auto-offset-reset", "# auto-offset-reset"));
		Result commented = lab.run("exercise", "skipped", "--check");
		assertThat(commented.status()).as(commented.output()).isEqualTo(1);
		assertThat(commented.output()).contains("✗ expected: /", "a setting of its own");
	}

	@Test
	void saysWhichFilesAreMissing() throws Exception {
		LabProcess lab = new LabProcess(this.state, this.network);
		assertThat(lab.run("exercise", "evicted").status()).isZero();
		Files.delete(this.state.resolve("exercises/evicted/application.yml"));
		Result missing = lab.run("exercise", "evicted", "--check");
		assertThat(missing.status()).isEqualTo(1);
		assertThat(missing.output()).contains("missing in", "application.yml", "./lab exercise evicted");
		assertThat(lab.run("exercise").output()).contains("Go on: ./lab exercise evicted");
	}

	/**
	 * As a learner tries it who has changed nothing yet.
	 */
	@Test
	void aTrialKeepsWhatRunsUntilItIsInterrupted() throws Exception {
		LabProcess lab = new LabProcess(this.state, this.network);
		String[] trial = { "exercise", "skipped", "--try" };
		assertThat(lab.run("exercise", "skipped").status()).isZero();
		Process process = lab.start(trial);
		try {
			await().atMost(Duration.ofMinutes(3))
				.untilAsserted(() -> assertThat(lab.printed(trial))
					.contains("✗ expected:", "the rest was not run", "./lab exercise skipped --hint 1")
					.containsPattern("kafka +localhost:9092\\n +product1 +http://localhost:8082\\n")
					.containsSubsequence("until you press Ctrl-C", "EXERCISE=", "exercises/skipped", "tail -n 40 -f",
							"product1.log"));
			Result group = lab.run("status");
			assertThat(group.output()).contains("product1", "topic_example");
			assertThat(lab.run("down").output()).contains("is stopped there: press Ctrl-C");
			assertThat(process.isAlive()).isTrue();
		}
		finally {
			process.destroy();
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
		}
	}

	/**
	 * The lab's processes have an English environment here.
	 */
	@Test
	void whatToTypeNextKeepsTheLanguageThatWasNamed() throws Exception {
		LabProcess lab = new LabProcess(this.state, this.network);
		assertThat(lab.run("exercise", "skipped", "--lang", "ko").output()).contains(
				"./lab --lang ko exercise skipped --hint 1", "./lab --lang ko exercise skipped --try",
				"./lab --lang ko exercise skipped --check");
		assertThat(lab.run("exercise", "--lang", "ko").output()).as("the one that was begun")
			.contains("./lab --lang ko exercise skipped");
		assertThat(lab.run("lessons", "--lang", "ko").output()).contains("./lab --lang ko tour picture");
		assertThat(lab.run("exercise", "skipped", "--lang", "en").output()).contains("./lab exercise skipped --check")
			.doesNotContain("--lang");
		assertThat(lab.run("lessons").output()).contains("./lab tour picture").doesNotContain("--lang");
	}

	@Test
	void showsHintsAndTheSolutionOnRequest() throws Exception {
		LabProcess lab = new LabProcess(this.state, this.network);
		assertThat(lab.run("exercise", "skipped").output()).doesNotContain("earliest");
		assertThat(lab.run("exercise", "skipped", "--hint", "1").output())
			.contains("Where does a member begin to read?")
			.doesNotContain("auto.offset.reset");
		assertThat(lab.run("exercise", "2-skipped", "--solution").output()).contains("application.yml",
				"auto-offset-reset: earliest", "Why this is right");
		assertThat(lab.run("exercise", "skipped", "--solution", "--json").output().lines()).satisfiesExactly(
				(file) -> assertThat(file).startsWith("{\"file\":\"application.yml\",\"content\":"),
				(why) -> assertThat(why).startsWith("{\"text\":\"Why this is right"));
	}

	private void solve(String name) throws IOException {
		LabHome home = new LabHome(TestLab.ROOT, this.state);
		Exercise exercise = Exercises.in(home, Messages.in(Language.EN)).named(name, Messages.in(Language.EN));
		for (Path file : Exercise.files(exercise.solution())) {
			Files.copy(exercise.solution().resolve(file), exercise.copy().resolve(file),
					StandardCopyOption.REPLACE_EXISTING);
		}
	}

}
