package lab.console.lesson.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import lab.console.lesson.Lesson;
import lab.console.lesson.LessonParser;
import lab.console.lesson.Progress;
import lab.console.lesson.Renaming;
import lab.console.lesson.report.Check;
import lab.console.lesson.report.RecordingReport;
import lab.console.process.PidFile;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Lessons of a few lines, run by a real shell.
 */
class TourTests {

	/** Says that it is ready, and then each line of the file {@code say}. */
	private static final String SERVICE = "```sh service=p1 ready=\"is up\"\necho $$ >> pids\necho p1 is up\n"
			+ "touch say\ntail -f say & echo $! >> pids\nwait\n```\n\n";

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
		assertThat(
				tour("```sh\necho one; echo 둘\n```\n\n```expect\none\n둘\n!three\n```\n\n## Next\n\n```sh\ntrue\n```\n"))
			.isTrue();
		assertThat(this.report.ended).isEqualTo("4 of 4");
	}

	@Test
	void failsOnAMissingLineAndRunsNothingAfterIt() {
		assertThat(tour("```sh\necho one\n```\n\n```expect\none\ntwo\n```\n\n## Next\n\n```sh\ntouch ran\n```\n"))
			.isFalse();
		assertThat(this.report.last().output()).containsExactly("one");
		assertThat(this.report.last().checks()).containsExactly(new Check("one", "one", true),
				new Check("two", null, false));
		assertThat(this.report.ended).isEqualTo("1 of 2");
		assertThat(this.home.resolve("ran")).doesNotExist();
	}

	@Test
	void failsOnAForbiddenLine() {
		assertThat(tour("```sh\necho one >&2\n```\n\n```expect\n!one\n```\n")).isFalse();
		assertThat(this.report.last().checks()).containsExactly(new Check("!one", "one", false));
	}

	@Test
	void failsOnARegularExpressionThatDoesNotMatch() {
		assertThat(tour("```sh\necho one 1\n```\n\n```expect\n/one [2-9]/\n```\n")).isFalse();
	}

	@Test
	void failsOnAWrongExitStatusAtTheFirstCommandThatFails() {
		assertThat(tour("```sh\necho one\nfalse\ntouch ran\n```\n\n```expect\none\n```\n")).isFalse();
		assertThat(this.report.last().checks()).contains(new Check("exit status 0", "exit status 1", false));
		assertThat(this.home.resolve("ran")).doesNotExist();
		assertThat(tour("```sh status=3\nexit 3\n```\n")).isTrue();
	}

	@Test
	void endsACommandThatTakesTooLong() {
		assertThat(tour("```sh within=1s\necho $$ > pids\nsleep 600 & echo $! >> pids\nwait\n```\n")).isFalse();
		assertThat(this.report.last().checks()).containsExactly(new Check("an end within 1 s", null, false));
		assertNothingRuns();
	}

	@Test
	void repeatsACommandUntilAllIsSeen() {
		assertThat(tour("```sh\necho x >> count\nwc -l < count\n```\n\n```expect within=60s\n/^ *3$/\n```\n")).isTrue();
		assertThat(this.report.ended).isEqualTo("1 of 1");
	}

	@Test
	void ignoresColours() {
		assertThat(tour("```sh\nprintf '\\033[1;34mblue\\033[m sky\\n'\n```\n\n```expect\nblue sky\n```\n")).isTrue();
	}

	@Test
	void givesCommandsNothingToRead() {
		assertThat(tour("```sh\nread -r line || echo nobody types\n```\n\n```expect\nnobody types\n```\n")).isTrue();
	}

	@Test
	void looksAtWhatAServicePrintedSinceTheStepBegan() {
		assertThat(tour(SERVICE + "```sh\necho early >> say\n```\n\n```expect log=p1 within=60s\nearly\n```\n\n"
				+ "## Next\n\n```sh\necho late >> say\n```\n\n```expect log=p1 within=60s\nlate\n!early\n```\n\n"
				+ "```stop service=p1\nCtrl-C\n```\n"))
			.as(() -> this.report.last().toString())
			.isTrue();
		assertNothingRuns();
	}

	@Test
	void failsOnAServiceThatIsNeverReady() {
		assertThat(tour("```sh service=p1 ready=\"is up\" within=1s\necho $$ > pids\necho starting\nsleep 600\n```\n"))
			.isFalse();
		assertThat(this.report.last().checks()).containsExactly(new Check("is up", null, false));
		assertThat(this.report.last().output()).containsExactly("starting");
		assertNothingRuns();
	}

	@Test
	void failsOnAServiceThatEndsBeforeItIsReady() {
		assertThat(tour("```sh service=p1 ready=\"is up\"\necho cannot start\nexit 7\n```\n")).isFalse();
		assertThat(this.report.last().checks()).contains(new Check("p1 goes on", "exit status 7", false));
		assertThat(this.report.last().output()).containsExactly("cannot start");
	}

	@Test
	void failsOnAServiceThatDiesUnderTheWay() {
		assertThat(tour(SERVICE + "```sh\nkill -9 $(cat pids)\n```\n\n```expect log=p1 within=60s\nnever\n```\n"))
			.isFalse();
		assertThat(this.report.last().output()).contains("p1 is up");
		assertThat(this.report.last().checks()).contains(new Check("p1 goes on", "exit status 137", false));
	}

	@Test
	void saysWhichServiceIsGoneWhateverComesNext() {
		assertThat(tour(
				SERVICE + "```sh\nkill -9 $(cat pids)\n```\n\n## Next\n\n```sh\nsleep 1\n```\n\n```sh\ntrue\n```\n"))
			.isFalse();
		assertThat(this.report.last().checks()).containsExactly(new Check("p1 goes on", "exit status 137", false));
	}

	@Test
	void runsTheBrokersCommandsInTheContainerAndLeavesOutWhatIsForTheOther() throws IOException {
		Files.createFile(this.home.resolve("kafka/docker-compose.yml"));
		Path compose = this.home.resolve("kafka/bin/docker-compose");
		Files.writeString(compose, "#!/bin/sh\necho \"$@\" >> \"$LAB_HOME/../../../calls\"\nfor last; do :; done\n"
				+ "case $1 in exec) exec bash -c \"$last\";; esac\n");
		assertThat(compose.toFile().setExecutable(true)).isTrue();
		String lesson = "```sh broker\necho \"it's $((1 + 1))\"\n```\n\n```expect\nit's 2\n```\n\n"
				+ "```sh only=embedded\nexit 1\n```\n\n```sh only=docker\ntrue\n```\n";
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
		Lesson lesson = lesson(SERVICE + "```sh\necho $$ >> pids\nsleep 600\n```\n");
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
		assertThat(tour("```sh\necho $LAB_BROKER $LAB_LOCALE\n```\n\n```expect\nembedded en\n```\n")).isTrue();
	}

	@Test
	void showsTheStepsBeforeTheFirstOneInBrief() {
		Lesson lesson = lesson("```sh\necho one > seen\n```\n\n## Next\n\n```sh\ncat seen\n```\n\n"
				+ "```expect\none\n```\n\n## Last\n\n```sh\nfalse\n```\n");
		Progress progress = new Progress(this.home.resolve("progress"));
		try (Workplace workplace = workplace(BrokerKind.EMBEDDED)) {
			assertThat(tour(workplace, BrokerKind.EMBEDDED).run(lesson, 2)).isFalse();
		}
		assertThat(this.report.typed).containsExactly("cat seen", "false");
		assertThat(this.report.ended).isEqualTo("2 of 3");
		assertThat(progress.steps(lesson)).containsExactly(1, 2);
	}

	@Test
	void saysWhatIsProbablyWrongOnlyWhenItIs() {
		String lesson = "```sh\necho one\n```\n\n```expect\n%s\n```\n\n> **If not:** echo it.\n";
		assertThat(tour(lesson.formatted("one"))).isTrue();
		assertThat(this.report.advice).isEmpty();
		assertThat(tour(lesson.formatted("two"))).isFalse();
		assertThat(this.report.advice).containsExactly("If not: echo it.");
	}

	@Test
	void checksWorkDoneByHandWithoutDoingIt() throws IOException {
		Lesson lesson = lesson("```sh\ntouch done\n```\n\n```sh\nls; echo $LAB_HOME\n```\n\n"
				+ "```expect within=60s\ndone\n!.lab/tour\n```\n\n> **If not:** touch it.\n");
		Progress progress = new Progress(this.home.resolve("progress"));
		assertThat(check(lesson)).isFalse();
		assertThat(this.report.advice).containsExactly("If not: touch it.");
		assertThat(progress.steps(lesson)).isEmpty();
		Files.createFile(this.home.resolve("done"));
		assertThat(check(lesson)).isTrue();
		assertThat(this.report.ended).isEqualTo("2 of 2");
		assertThat(progress.steps(lesson)).containsExactly(1);
		assertThat(this.home.resolve(".lab")).doesNotExist();
	}

	@Test
	void aStepWithNothingToLookAtIsNotRight() {
		Lesson lesson = lesson("```sh\ntouch done\n```\n");
		assertThat(check(lesson)).isFalse();
		assertThat(this.home.resolve("done")).doesNotExist();
	}

	@Test
	void keepsWhatThePersonHasInTheLab() throws IOException {
		Path own = Files.createDirectories(this.home.resolve(".lab/kafka")).resolve("data");
		Files.writeString(own, "own");
		assertThat(tour("```sh\ntest \"$LAB_HOME\" = \"$PWD/.lab/tour/lab\"\n```\n")).isTrue();
		assertThat(own).hasContent("own");
		assertThat(this.home.resolve(".lab/tour")).doesNotExist();
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
		try (Workplace workplace = Workplace.ofLearner(this.home, Renaming.NONE, Language.EN)) {
			return tour(workplace, BrokerKind.EXISTING).check(lesson, 1);
		}
	}

	private Workplace workplace(BrokerKind broker) {
		return Workplace.ofTour(this.home, broker, Renaming.NONE, Language.EN);
	}

	private Tour tour(Workplace workplace, BrokerKind broker) {
		return new Tour(workplace, broker, new Progress(this.home.resolve("progress")), this.report,
				Messages.in(Language.EN));
	}

	private static Lesson lesson(String step) {
		return LessonParser.parse("01-test", "# Test\n\n## Step\n\n" + step, Renaming.NONE);
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
