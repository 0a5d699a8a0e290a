package lab.console.lesson.tour;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import lab.console.lesson.Lesson;
import lab.console.lesson.LessonParser;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a tour that cannot begin tells the class.
 */
class TourCommandTests {

	private static final Lesson LESSON = LessonParser.parse("01-test", "# Test\n\n## One\n\nText.\n", Renaming.NONE);

	@TempDir
	private Path folder;

	@Test
	void aTourThatCannotBeginIsReportedAsItsStepThatFailed() throws Exception {
		List<Integer> failed = new ArrayList<>();
		Ticks ticks = new Ticks(this.folder, (lesson, done, step) -> failed.add(step));
		assertThat(TourCommand.reportingFailure(LESSON, 1, ticks, () -> 1)).isEqualTo(1);
		assertThat(failed).as("a check that failed was reported already").isEmpty();
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> TourCommand.reportingFailure(LESSON, 1, ticks, () -> {
				throw new LabException("Port 8081 is in use.");
			}));
		assertThat(failed).containsExactly(1);
	}

	@Test
	void anotherNameInTheSameLabIsNoticedOnce() {
		LabHome home = new LabHome(this.folder, this.folder.resolve(".lab"));
		assertThat(TourCommand.noteName(home, "kim")).isEmpty();
		assertThat(TourCommand.noteName(home, "Kim")).isEmpty();
		assertThat(TourCommand.noteName(home, "lee")).contains("Kim");
		assertThat(TourCommand.noteName(home, "lee")).isEmpty();
	}

}
