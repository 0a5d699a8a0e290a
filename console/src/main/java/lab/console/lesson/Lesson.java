package lab.console.lesson;

import java.util.List;

import org.commonmark.node.Node;

/**
 * A walk-through in one language, read from one file.
 *
 * @param name of the file, without {@code .md}: {@code 01-consumer-group}
 * @param title its first heading
 * @param intro what stands before the first step
 */
record Lesson(String name, String title, List<Node> intro, List<Step> steps) {

	/**
	 * One heading of the lesson and what stands under it, in order.
	 */
	record Step(String title, List<Block> blocks) {
	}

}
