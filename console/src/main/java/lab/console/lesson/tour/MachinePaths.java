package lab.console.lesson.tour;

import java.nio.file.Path;

import lab.console.lesson.RecordedOutput;

/**
 * The folders of this machine that an output can name, for outputs that are to be the
 * same on every machine.
 *
 * @param labHome {@code LAB_HOME} of a tour's commands; a learner's is {@code .lab}
 * @param root of the lab
 */
record MachinePaths(Path labHome, Path root) {

	/**
	 * Returns the text with {@code …} for the root, and {@code ~} for the person's home.
	 */
	String removedFrom(String text) {
		return text.replace(this.labHome.toString(), this.root.resolve(".lab").toString())
			.replace(this.root.toString(), RecordedOutput.LEFT_OUT)
			.replace(System.getProperty("user.home") + "/", "~/");
	}

}
