package lab.console.classroom;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.ProgressReport;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page of a class shows of a learner who is stuck, or has become silent.
 */
class ClassPageTests {

	private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

	private static final Lessons LESSONS = Lessons.in(Path.of(".."), Messages.in(Language.EN));

	private static final Lesson GROUP = LESSONS.find("consumer-group").orElseThrow();

	private static final Lesson TOPICS = LESSONS.find("topics").orElseThrow();

	private final Classroom classroom = new Classroom();

	private void report(Lesson lesson, Set<Integer> done, int failed, Duration after) {
		this.classroom.add(new ProgressReport("kim", lesson.name(), done, failed, true, ""), START.plus(after));
	}

	private String page(Duration after) {
		return page(Language.EN, after);
	}

	private String page(Language language, Duration after) {
		Messages messages = Messages.in(language);
		return ClassPage.html(this.classroom, Lessons.in(Path.of(".."), messages), START.plus(after), "", messages);
	}

	private static String failed(int step, int minutes) {
		return ">3 consumer-group, step %d, %s: %s</td>".formatted(step,
				(minutes == 0) ? "just now" : minutes + " min ago", GROUP.step(step).title());
	}

	@Test
	void theLastCheckThatFailedIsShownUntilItsStepIsTicked() {
		report(GROUP, Set.of(1), 2, Duration.ZERO);
		report(GROUP, Set.of(1), 3, Duration.ofMinutes(1));
		report(GROUP, Set.of(1), 0, Duration.ofMinutes(2));
		assertThat(page(Duration.ofMinutes(3))).contains(failed(3, 2)).doesNotContain("step 2");
		report(GROUP, Set.of(1, 3), 0, Duration.ofMinutes(4));
		assertThat(page(Duration.ofMinutes(4))).doesNotContain("step 3");
	}

	@Test
	void aStepThatCannotBeginIsToldApartFromACheckThatFailed() {
		this.classroom.add(new ProgressReport("kim", GROUP.name(), Set.of(), 1, false, ""), START);
		assertThat(page(Duration.ZERO))
			.contains(">3 consumer-group, step 1, just now: cannot begin, because of a port");
		report(GROUP, Set.of(1), 0, Duration.ZERO);
		assertThat(page(Duration.ZERO)).doesNotContain("cannot begin");
	}

	@Test
	void aCheckThatFailsAfterItsStepWasTickedIsShown() {
		report(GROUP, Set.of(1, 2), 0, Duration.ZERO);
		report(GROUP, Set.of(1, 2), 2, Duration.ofMinutes(1));
		assertThat(page(Duration.ofMinutes(1))).contains(failed(2, 0));
		report(GROUP, Set.of(1, 2), 0, Duration.ofMinutes(2));
		assertThat(page(Duration.ofMinutes(2))).doesNotContain("step 2");
	}

	/**
	 * Each tour begins with a report of all lessons, which is no progress.
	 */
	@Test
	void aLearnerIsNoLongerStuckWhenAnotherLessonGoesOn() {
		report(TOPICS, Set.of(1), 0, Duration.ZERO);
		report(GROUP, Set.of(1), 2, Duration.ofMinutes(1));
		report(TOPICS, Set.of(1), 0, Duration.ofMinutes(2));
		assertThat(page(Duration.ofMinutes(2))).contains(failed(2, 1));
		report(TOPICS, Set.of(1, 2), 0, Duration.ofMinutes(3));
		assertThat(page(Duration.ofMinutes(3))).doesNotContain("step 2");
	}

	@Test
	void aLearnerWhoIsSilentForLongIsHighlightedWithTheTime() {
		report(GROUP, Set.of(1), 0, Duration.ZERO);
		Duration silent = ClassPage.SILENT;
		assertThat(page(silent.minusSeconds(1))).doesNotContain("<tr class=\"silent\">");
		assertThat(page(silent)).contains("<tr class=\"silent\">", ">5 min ago</td>");
		report(GROUP, Set.of(1), 2, silent);
		assertThat(page(silent)).doesNotContain("<tr class=\"silent\">");
	}

	@Test
	void aLearnerWhoHasFinishedMayBeSilent() {
		Set<Integer> all = IntStream.rangeClosed(1, GROUP.steps().size()).boxed().collect(Collectors.toSet());
		report(GROUP, all, 0, Duration.ZERO);
		assertThat(page(Duration.ofHours(1))).contains("✓", ">60 min ago</td>").doesNotContain("<tr class=\"silent\">");
	}

	@ParameterizedTest
	@EnumSource
	void saysItInTheLanguageOfTheTeacher(Language language) {
		report(GROUP, Set.of(1), 2, Duration.ZERO);
		Lesson lesson = Lessons.in(Path.of(".."), Messages.in(language)).find("consumer-group").orElseThrow();
		assertThat(page(language, Duration.ZERO)).contains(lesson.step(2).title());
	}

}
