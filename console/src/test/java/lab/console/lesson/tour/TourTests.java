package lab.console.lesson.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import lab.console.lesson.CheckResult;
import lab.console.lesson.Lesson;
import lab.console.lesson.LessonParser;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.lesson.report.RecordingReport;
import lab.console.lesson.report.TourReport;
import lab.console.process.LabHome;
import lab.console.process.PidFile;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Lessons of a few lines, run by a real shell.
 */
class TourTests {

	/** Says that it is ready, and then each line of the file {@code say}. */
	private static final String SERVICE = """
			```sh service=p1 ready="is up"
			echo $$ >> pids
			echo p1 is up
			touch say
			tail -f say & echo $! >> pids
			wait
			```

			""";

	@TempDir
	private Path home;

	private final RecordingReport report = new RecordingReport();

	@BeforeEach
	void layOutALab() throws IOException {
		Files.createDirectories(this.home.resolve("kafka/bin"));
		Files.createDirectories(this.home.resolve("console/shims"));
	}

	@Test
	void passesWhenAllIsAsTheLessonSays() {
		assertThat(tour("""
				```sh
				echo one; echo 둘
				```

				<!-- expect
				one
				둘
				!three
				-->

				## Next

				```sh
				true
				```
				""")).isTrue();
		assertThat(this.report.ended).isEqualTo("4 of 4");
	}

	@Test
	void failsOnAMissingLineAndRunsNothingAfterIt() {
		assertThat(tour("""
				```sh
				echo one
				```

				<!-- expect
				one
				two
				-->

				## Next

				```sh
				touch ran
				```
				""")).isFalse();
		assertThat(this.report.last().output()).containsExactly("one");
		assertThat(this.report.last().checks()).containsExactly(new CheckResult("one", "one", true),
				new CheckResult("two", null, false));
		assertThat(this.report.ended).as("with the check of the step that was not run").isEqualTo("1 of 3");
		assertThat(this.home.resolve("ran")).doesNotExist();
	}

	@Test
	void failsOnAForbiddenLine() {
		assertThat(tour("""
				```sh
				echo one >&2
				```

				<!-- expect
				!one
				-->
				""")).isFalse();
		assertThat(this.report.last().checks()).containsExactly(new CheckResult("!one", "one", false));
	}

	@Test
	void failsOnARegularExpressionThatDoesNotMatch() {
		assertThat(tour("""
				```sh
				echo one 1
				```

				<!-- expect
				/one [2-9]/
				-->
				""")).isFalse();
	}

	@Test
	void failsOnAWrongExitStatusAtTheFirstCommandThatFails() {
		assertThat(tour("""
				```sh
				echo one
				false
				touch ran
				```

				<!-- expect
				one
				-->
				""")).isFalse();
		assertThat(this.report.last().checks()).contains(new CheckResult("exit status 0", "exit status 1", false));
		assertThat(this.home.resolve("ran")).doesNotExist();
		assertThat(tour("""
				```sh status=3
				exit 3
				```
				""")).isTrue();
	}

	@Test
	void endsACommandThatTakesTooLong() {
		assertThat(tour("""
				```sh within=1s
				echo $$ > pids
				sleep 600 & echo $! >> pids
				wait
				```
				""")).isFalse();
		assertThat(this.report.last().checks())
			.containsExactly(new CheckResult("it ends within 1 s", "it was still running then", false));
		assertNothingRuns();
	}

	@Test
	void repeatsACommandUntilAllIsSeen() {
		assertThat(tour("""
				```sh
				echo x >> count
				wc -l < count
				```

				<!-- expect within=60s
				/^ *3$/
				-->
				""")).isTrue();
		assertThat(this.report.ended).isEqualTo("1 of 1");
	}

	@Test
	void ignoresColours() {
		assertThat(tour("""
				```sh
				printf '\\033[1;34mblue\\033[m sky\\n'
				```

				<!-- expect
				blue sky
				-->
				""")).isTrue();
	}

	@Test
	void givesCommandsNothingToRead() {
		assertThat(tour("""
				```sh
				read -r line || echo nobody types
				```

				<!-- expect
				nobody types
				-->
				""")).isTrue();
	}

	@Test
	void looksAtWhatAServicePrintedSinceTheStepBegan() {
		assertThat(tour(SERVICE + """
				```sh
				echo early >> say
				```

				<!-- expect log=p1 within=60s
				early
				-->

				## Next

				```sh
				echo late >> say
				```

				<!-- expect log=p1 within=60s
				late
				!early
				-->

				```stop service=p1
				Ctrl-C
				```
				""")).as(() -> this.report.last().toString()).isTrue();
		assertNothingRuns();
	}

	@Test
	@Timeout(60)
	void doesNotWaitForTheRestAfterALineThatMustNotBeThere() {
		assertThat(tour(SERVICE + """
				```sh
				echo too slow >> say
				```

				<!-- expect log=p1 within=10m
				never
				!too slow
				-->
				""")).isFalse();
		assertThat(this.report.last().checks()).contains(new CheckResult("!too slow", "too slow", false));
	}

	@Test
	void showsTheLatestLineOfAServiceThatIsRight() {
		assertThat(tour(SERVICE + """
				```sh
				printf 'late 1\\nlate 2\\n' >> say
				```

				<!-- expect log=p1 within=60s
				/late/
				late 2
				-->
				""")).isTrue();
		assertThat(this.report.last().checks()).extracting(CheckResult::seen).containsExactly("late 2", "late 2");
	}

	@Test
	void failsOnAServiceThatIsNeverReady() {
		assertThat(tour("""
				```sh service=p1 ready="is up" within=1s
				echo $$ > pids
				echo starting
				sleep 600
				```
				""")).isFalse();
		assertThat(this.report.last().checks()).containsExactly(new CheckResult("is up", null, false));
		assertThat(this.report.last().output()).containsExactly("starting");
		assertNothingRuns();
	}

	@Test
	void failsOnAServiceThatEndsBeforeItIsReady() {
		assertThat(tour("""
				```sh service=p1 ready="is up"
				echo cannot start
				exit 7
				```
				""")).isFalse();
		assertThat(this.report.last().checks()).contains(new CheckResult("p1 keeps running", "exit status 7", false));
		assertThat(this.report.last().output()).containsExactly("cannot start");
	}

	@Test
	void failsOnAServiceThatDiesUnderTheWay() {
		assertThat(tour(SERVICE + """
				```sh
				kill -9 $(cat pids)
				```

				<!-- expect log=p1 within=60s
				never
				-->
				""")).isFalse();
		assertThat(this.report.last().output()).contains("p1 is up");
		assertThat(this.report.last().checks()).contains(new CheckResult("p1 keeps running", "exit status 137", false));
	}

	@Test
	void advisesOnAServiceThatEndsOnlyAfterItsCheck() {
		assertThat(tour(SERVICE + """
				```sh
				kill -9 $(cat pids)
				while kill -0 $(cat pids) 2>&1; do :; done
				```

				> **If you see something else:** look at its log.

				```sh
				true
				```
				""")).isFalse();
		assertThat(this.report.last().checks())
			.containsExactly(new CheckResult("p1 keeps running", "exit status 137", false));
		assertThat(this.report.advice).containsExactly("If you see something else: look at its log.");
	}

	@Test
	void saysWhichServiceIsGoneWhateverComesNext() {
		assertThat(tour(SERVICE + """
				```sh
				kill -9 $(cat pids)
				```

				## Next

				```sh
				sleep 1
				```

				```sh
				true
				```
				""")).isFalse();
		assertThat(this.report.last().checks())
			.containsExactly(new CheckResult("p1 keeps running", "exit status 137", false));
	}

	@Test
	void runsTheBrokersCommandsInTheContainerAndLeavesOutWhatIsForTheOther() throws IOException {
		Files.createFile(this.home.resolve("kafka/docker-compose.yml"));
		Path compose = this.home.resolve("kafka/bin/docker-compose");
		Files.writeString(compose, "#!/bin/sh\necho \"$@\" >> \"$LAB_HOME/../../../calls\"\nfor last; do :; done\n"
				+ "case $1 in exec) exec bash -c \"$last\";; esac\n");
		assertThat(compose.toFile().setExecutable(true)).isTrue();
		String lesson = """
				```sh broker
				echo "it's $((1 + 1))"
				```

				<!-- expect
				it's 2
				-->

				```sh only=embedded
				exit 1
				```

				```sh only=docker
				true
				```
				""";
		assertThat(tour(lesson, BrokerKind.DOCKER)).as(() -> this.report.last().toString()).isTrue();
		assertThat(this.report.typed)
			.containsExactly("cd kafka\ndocker-compose exec -T kafka bash -c 'echo \"it'\\''s $((1 + 1))\"'", "true");
		List<String> calls = Files.readAllLines(this.home.resolve("calls"));
		assertThat(calls.get(0)).isEqualTo("-f docker-compose.yml down -v --remove-orphans");
		assertThat(calls.get(calls.size() - 1)).isEqualTo("-f docker-compose.yml down -v --remove-orphans");
	}

	@Test
	void leavesNothingBehindWhenItIsClosedMeanwhile() {
		Workplace workplace = workplace(BrokerKind.EMBEDDED);
		Lesson lesson = lesson(SERVICE + """
				```sh
				echo $$ >> pids
				sleep 600
				```
				""");
		CompletableFuture<Boolean> tour = CompletableFuture
			.supplyAsync(() -> tour(workplace, BrokerKind.EMBEDDED).run(lesson, 1));
		await("the service and the command run").until(() -> pids().size() == 3);
		workplace.close();
		assertThatThrownBy(tour::join).hasCauseInstanceOf(TourInterruptedException.class);
		assertNothingRuns();
	}

	@Test
	void leavesToLabUpTheOrderInWhichItStopsItsOwn() throws IOException {
		try (Workplace workplace = workplace(BrokerKind.EMBEDDED)) {
			BackgroundService lab = workplace.start("lab", """
					(trap 'echo child >> order; exit' TERM; echo up; while :; do sleep 0.1; done) & child=$!
					trap 'echo lab >> order; kill $child; wait; exit' TERM
					while :; do sleep 0.1; done
					""");
			await("both run").until(() -> lab.linesFrom(0).contains("up"));
			Files.createDirectories(this.home.resolve(".lab/tour/lab/run"));
			new PidFile(this.home.resolve(".lab/tour/lab/run/up.pid")).write(lab.process().toHandle());
			assertThat(workplace.stop(lab)).isTrue();
		}
		assertThat(this.home.resolve("order")).hasContent("lab\nchild");
	}

	@Test
	void tellsTheLabsOwnCommandsWhichBrokerAndLanguage() {
		assertThat(tour("""
				```sh
				echo $LAB_BROKER $LAB_LOCALE
				```

				<!-- expect
				embedded en
				-->
				""")).isTrue();
	}

	@Test
	void showsTheStepsBeforeTheFirstOneInBrief() {
		Lesson lesson = lesson("""
				```sh
				echo one > seen
				```

				## Next

				```sh
				cat seen
				```

				<!-- expect
				one
				-->

				## Last

				```sh
				false
				```
				""");
		Ticks ticks = new Ticks(this.home.resolve("progress"));
		try (Workplace workplace = workplace(BrokerKind.EMBEDDED)) {
			assertThat(tour(workplace, BrokerKind.EMBEDDED).run(lesson, 2)).isFalse();
		}
		assertThat(this.report.typed).containsExactly("cat seen", "false");
		assertThat(this.report.ended).isEqualTo("2 of 3");
		assertThat(ticks.steps(lesson)).containsExactly(1, 2);
	}

	/**
	 * A command that fails, a service that ends, and a check that no longer holds at the
	 * end of its step: none of them is one check more.
	 */
	@Test
	void aTourThatStopsEarlyHasAsManyChecksAsOneThatDoesNot() {
		String lesson = SERVICE + """
				```sh
				touch done; echo one; echo two; exit $(cat status)
				```

				<!-- expect
				one
				two
				-->

				```sh
				ls
				```

				<!-- expect check within=0s
				done
				-->

				```sh
				sh last
				```

				```stop service=p1
				Ctrl-C
				```
				""";
		assertThat(tour(given(lesson, "0", "true"))).isTrue();
		assertThat(this.report.ended).isEqualTo("6 of 6");
		assertThat(tour(given(lesson, "1", "true"))).as("exit status").isFalse();
		assertThat(this.report.ended).isEqualTo("2 of 6");
		assertThat(tour(given(lesson, "0", "rm done"))).as("looked at again").isFalse();
		assertThat(this.report.ended).isEqualTo("5 of 6");
		assertThat(tour(given(lesson, "0", "kill -9 $(cat pids); while kill -0 $(head -n 1 pids); do :; done")))
			.as("service")
			.isFalse();
		assertThat(this.report.ended).isEqualTo("4 of 6");
	}

	private String given(String lesson, String status, String last) {
		try {
			Files.deleteIfExists(this.home.resolve("pids"));
			Files.writeString(this.home.resolve("status"), status);
			Files.writeString(this.home.resolve("last"), last);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return lesson;
	}

	/**
	 * A step that has not been done fails by the exit status, too.
	 */
	@Test
	void aCheckOfAStepHasAsManyChecksBeforeItIsDoneAsAfter() throws IOException {
		Lesson lesson = lesson("""
				```sh
				cat done
				```

				<!-- expect check within=0s
				it is done
				-->
				""");
		assertThat(check(lesson)).isFalse();
		assertThat(this.report.ended).isEqualTo("0 of 1");
		Files.writeString(this.home.resolve("done"), "it is done");
		assertThat(check(lesson)).isTrue();
		assertThat(this.report.ended).isEqualTo("1 of 1");
	}

	@Test
	void tellsWhichStepFailed() {
		Lesson lesson = lesson("""
				```sh
				true
				```

				## Last

				```sh
				false
				```

				<!-- expect check within=0s
				one
				-->
				""");
		List<String> told = new ArrayList<>();
		Ticks ticks = new Ticks(this.home.resolve("progress"), (of, done, failed) -> told.add(done + " " + failed));
		try (Workplace workplace = workplace(BrokerKind.EMBEDDED)) {
			Tour tour = new Tour(workplace, BrokerKind.EMBEDDED, ticks, this.report, Messages.in(Language.EN));
			assertThat(tour.run(lesson, 1)).isFalse();
			assertThat(tour.check(lesson, 2, Duration.ofSeconds(60), Duration.ZERO)).isFalse();
		}
		assertThat(told).containsExactly("[1] 0", "[1] 2", "[1] 2");
		assertThat(this.report.stopped).as("where the rest was not run").isEqualTo(2);
	}

	@Test
	void saysWhichStepsBeforeAFailedCheckAreNotDone() {
		Lesson lesson = LessonParser.parse("01-test", "# Test\n" + "## Step\n\n```sh\ntrue\n```\n\n".repeat(3)
				+ "## Last\n\n```sh\nls\n```\n\n<!-- expect check within=0s\ndone\n-->\n", Renaming.NONE);
		assertThat(lesson.needed()).containsExactly(4);
		Lesson checked = LessonParser.parse("01-test",
				"# Test\n" + "## Step\n\n```sh\nls\n```\n\n<!-- expect check within=0s\ndone\n-->\n\n".repeat(3),
				Renaming.NONE);
		new Ticks(this.home.resolve("progress")).add(checked, 1);
		try (Workplace workplace = Workplace.ofLearner(labHome(), Renaming.NONE, Language.EN)) {
			Tour tour = tour(workplace, BrokerKind.EXISTING);
			assertThat(tour.check(lesson, 4, Duration.ofSeconds(60), Duration.ZERO)).isFalse();
			assertThat(this.report.notDoneBefore).as("nothing is known of steps without a check").isEmpty();
			assertThat(tour.check(checked, 3, Duration.ofSeconds(60), Duration.ZERO)).isFalse();
		}
		assertThat(this.report.notDoneBefore).containsExactly(2);
	}

	/**
	 * A command that runs long, one that is repeated for long, and a line that is awaited
	 * for long; not one that is quick.
	 */
	@Test
	void saysOnceThatSomethingTakesLong() {
		assertThat(tour(SERVICE + """
				```sh within=50s
				echo late >> say; sleep 4
				```

				```sh within=40s
				echo x >> count; sleep 1; wc -l < count
				```

				<!-- expect within=1m
				/^ *[4-9]$/
				-->

				```sh
				(sleep 4; echo later >> say) > said.log &
				```

				<!-- expect log=p1 within=70s
				later
				-->
				""")).isTrue();
		assertThat(this.report.longWaits).as("null for a command that is not repeated")
			.containsExactly(null, Duration.ofMinutes(1), Duration.ofSeconds(70));
		assertThat(this.report.stopped).isZero();
	}

	@Test
	void saysWhatIsProbablyWrongOnlyWhenItIs() {
		String lesson = """
				```sh
				echo one
				```

				<!-- expect
				%s
				-->

				> **If you see something else:** echo it.
				""";
		assertThat(tour(lesson.formatted("one"))).isTrue();
		assertThat(this.report.advice).isEmpty();
		assertThat(tour(lesson.formatted("two"))).isFalse();
		assertThat(this.report.advice).containsExactly("If you see something else: echo it.");
	}

	@Test
	void asksTheQuestionOfTheIntroduction() {
		Lesson lesson = LessonParser.parse("01-test",
				"# Test\n\n> **Predict:** who?\n\n## One\n\n> **Predict:** what?\n", Renaming.NONE);
		try (Workplace workplace = workplace(BrokerKind.EMBEDDED)) {
			assertThat(tour(workplace, BrokerKind.EMBEDDED).run(lesson, 1)).isTrue();
		}
		assertThat(this.report.questions).containsExactly("Predict: who?", "Predict: what?");
	}

	@Test
	void aTourFromALaterStepBeginsWithThatStepsQuestion() {
		Lesson lesson = LessonParser.parse("01-test",
				"# Test\n\n> **Predict:** who?\n\n## One\n\n## Two\n\n> **Predict:** what?\n", Renaming.NONE);
		try (Workplace workplace = workplace(BrokerKind.EMBEDDED)) {
			assertThat(tour(workplace, BrokerKind.EMBEDDED).run(lesson, 2)).isTrue();
		}
		assertThat(this.report.questions).containsExactly("Predict: what?");
	}

	@Test
	void checksWorkDoneByHandWithoutDoingIt() throws IOException {
		Lesson lesson = lesson("""
				```sh
				touch done
				```

				```sh
				ls; echo $LAB_HOME
				```

				<!-- expect check within=60s
				done
				!.lab/tour
				-->

				> **If you see something else:** touch it.
				""");
		Ticks ticks = new Ticks(this.home.resolve("progress"));
		assertThat(check(lesson)).isFalse();
		assertThat(this.report.advice).containsExactly("If you see something else: touch it.");
		assertThat(ticks.steps(lesson)).isEmpty();
		Files.createFile(this.home.resolve("done"));
		assertThat(check(lesson)).isTrue();
		assertThat(this.report.ended).isEqualTo("2 of 2");
		assertThat(ticks.steps(lesson)).containsExactly(1);
		assertThat(this.home.resolve(".lab")).doesNotExist();
	}

	@Test
	void saysWhichRecordedLinesAreNotPrintedAnyMore() {
		String lesson = """
				```sh
				echo one 1; echo two; echo three; echo $PWD/four
				```

				<!-- expect
				/^t/
				-->

				```output
				%s
				```
				""";
		assertThat(tour(lesson.formatted("one 27\n…\ntrees\n…/four"))).isTrue();
		assertThat(this.report.drifted).isEmpty();
		assertThat(tour(lesson.formatted("one\ntwo"))).isTrue();
		assertThat(this.report.drifted).containsExactly("one");
	}

	@Test
	void writesWhatItsBlocksPrintIntoTheFile() throws IOException {
		String step = """
				```sh
				echo one; echo; echo one; pwd; echo $LAB_HOME; seq 20
				```

				<!-- expect
				/^20$/
				-->

				%s%s```sh
				true
				```

				%s```sh only=docker
				true
				```

				```output
				kept
				```
				""";
		String before = markdown(step.formatted("```output\nold\n```\n\n", SERVICE, "```output\nold\n```\n\n"));
		String log = "```output log=p1\np1 is up\n```\n\n";
		String after = markdown(step.formatted("```output\none\none\n…\n…/.lab\n…\n20\n```\n\n", SERVICE + log, ""));
		Path file = Files.writeString(this.home.resolve("lesson.md"), before);
		Lesson lesson = LessonParser.parse("01-test", before, Renaming.NONE);
		OutputRecorder recorder = new OutputRecorder(this.report, BrokerKind.EMBEDDED);
		try (Workplace workplace = workplace(BrokerKind.EMBEDDED)) {
			assertThat(tour(workplace, BrokerKind.EMBEDDED, recorder).run(lesson, 1)).isTrue();
		}
		assertThat(recorder.write(file, lesson, Workplace.pathsOfTour(labHome()))).isEqualTo(2);
		assertThat(Files.readString(file)).isEqualTo(after);
	}

	/**
	 * A step that undoes its check would fail the learner who follows it.
	 */
	@Test
	void failsOnACheckThatTheStepItselfUndoes() {
		String step = """
				```sh
				touch done
				```

				```sh
				ls
				```

				<!-- expect check within=1s
				done
				-->

				> **If you see something else:** touch it.

				```sh
				%s
				```
				""";
		assertThat(tour(step.formatted("rm done"))).isFalse();
		assertThat(this.report.last().checks()).containsExactly(new CheckResult("done", null, false));
		assertThat(this.report.advice).containsExactly("If you see something else: touch it.");
		assertThat(tour(step.formatted("touch other"))).isTrue();
		assertThat(check(lesson(step.formatted("rm done")))).isTrue();
	}

	@Test
	void checksOnlyWhatIsMarkedAndGivesOnlyItsHint() {
		Lesson lesson = lesson("""
				```sh
				ls
				```

				<!-- expect check within=1s
				done
				-->

				```sh
				touch seen; ls
				```

				<!-- expect within=1s
				seen
				-->

				> **If you see something else:** look.
				""");
		assertThat(check(lesson)).isFalse();
		assertThat(this.report.advice).isEmpty();
		assertThat(this.home.resolve("seen")).doesNotExist();
	}

	@Test
	void aCheckThatDoesNotEndIsNotRight() {
		Lesson lesson = lesson("""
				```sh
				echo $$ > pids
				sleep 600 & echo $! >> pids
				wait
				```

				<!-- expect check within=60s
				done
				-->
				""");
		assertThat(check(lesson)).isFalse();
		assertNothingRuns();
	}

	@Test
	void aStepWithNothingToLookAtIsNotRight() {
		Lesson lesson = lesson("""
				```sh
				touch done
				```
				""");
		assertThat(check(lesson)).isFalse();
		assertThat(this.home.resolve("done")).doesNotExist();
	}

	@Test
	void keepsWhatThePersonHasInTheLab() throws IOException {
		Path own = Files.createDirectories(this.home.resolve(".lab/kafka")).resolve("data");
		Files.writeString(own, "own");
		assertThat(tour("""
				```sh
				test "$LAB_HOME" = "$PWD/.lab/tour/lab"
				```
				""")).isTrue();
		assertThat(own).hasContent("own");
		assertThat(this.home.resolve(".lab/tour")).doesNotExist();
	}

	@Test
	void worksInTheFolderThatLabHomeNames(@TempDir Path elsewhere) {
		try (Workplace workplace = Workplace.ofTour(new LabHome(this.home, elsewhere), BrokerKind.EMBEDDED,
				Renaming.NONE, Map.of(), Language.EN)) {
			assertThat(tour(workplace, BrokerKind.EMBEDDED).run(lesson("""
					```sh
					test "$LAB_HOME" = "%s/tour/lab" && test ! -e .lab
					```
					""".formatted(elsewhere)), 1)).isTrue();
		}
		assertThat(elsewhere.resolve("tour")).doesNotExist();
		assertThat(this.home.resolve(".lab")).doesNotExist();
	}

	private boolean tour(String step) {
		return tour(step, BrokerKind.EMBEDDED);
	}

	private boolean tour(String step, BrokerKind broker) {
		try (Workplace workplace = workplace(broker)) {
			return tour(workplace, broker).run(lesson(step), 1);
		}
	}

	private boolean check(Lesson lesson) {
		try (Workplace workplace = Workplace.ofLearner(labHome(), Renaming.NONE, Language.EN)) {
			return tour(workplace, BrokerKind.EXISTING).check(lesson, 1, Duration.ofSeconds(2), Duration.ofSeconds(1));
		}
	}

	private LabHome labHome() {
		return new LabHome(this.home, this.home.resolve(".lab"));
	}

	private Workplace workplace(BrokerKind broker) {
		return Workplace.ofTour(labHome(), broker, Renaming.NONE, Map.of(), Language.EN);
	}

	private Tour tour(Workplace workplace, BrokerKind broker) {
		return tour(workplace, broker, this.report);
	}

	private Tour tour(Workplace workplace, BrokerKind broker, TourReport report) {
		return new Tour(workplace, broker, new Ticks(this.home.resolve("progress")), report, Messages.in(Language.EN));
	}

	private static Lesson lesson(String step) {
		return LessonParser.parse("01-test", markdown(step), Renaming.NONE);
	}

	private static String markdown(String step) {
		return "# Test\n\n## Step\n\n" + step;
	}

	private void assertNothingRuns() {
		assertThat(this.home.resolve(".lab")).doesNotExist();
		assertThat(pids()).isNotEmpty()
			.noneMatch((pid) -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
	}

	private List<Long> pids() {
		try {
			return Files.readAllLines(this.home.resolve("pids")).stream().map(Long::valueOf).toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

}
