package lab.console.lesson.tour;

import java.nio.file.Path;

import lab.console.process.LabHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Under which name a lab's ticks were reported.
 */
class TourCommandTests {

	@TempDir
	private Path folder;

	@Test
	void anotherNameInTheSameLabIsNoticedOnce() {
		LabHome home = new LabHome(this.folder, this.folder.resolve(".lab"));
		assertThat(TourCommand.noteName(home, "kim")).isEmpty();
		assertThat(TourCommand.noteName(home, "Kim")).isEmpty();
		assertThat(TourCommand.noteName(home, "lee")).contains("Kim");
		assertThat(TourCommand.noteName(home, "lee")).isEmpty();
	}

}
