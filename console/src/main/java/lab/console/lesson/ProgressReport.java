package lab.console.lesson;

import java.util.Set;

/**
 * What a learner's tour sends to the page of a class, and nothing else.
 *
 * @param name what the learner wants to be called
 * @param lesson the name of the lesson's file without {@code .md}
 * @param done the numbers of all steps of the lesson that are ticked
 * @param failed the number of the step that has just failed; 0 if none has
 * @param begun whether that step could begin, so that a check of it has failed; else
 * something else was missing, such as a free port or a broker
 * @param word what the teacher shows to those who may report
 */
public record ProgressReport(String name, String lesson, Set<Integer> done, int failed, boolean begun, String word) {

	/**
	 * Where {@code lab class} listens.
	 */
	public static final int PORT = 8070;

	/**
	 * Where on that server reports are sent to.
	 */
	public static final String PATH = "/reports";

	/**
	 * How many characters a name has at most.
	 */
	public static final int LONGEST_NAME = 30;

}
