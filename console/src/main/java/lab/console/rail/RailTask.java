package lab.console.rail;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.console.lesson.Block;
import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.OnBoard;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.BoardTask;
import lab.console.lesson.Lesson;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * A task of a lesson, with what the lesson asks and answers around it.
 *
 * @param step the number of its step, from 1
 * @param question null where it has no answers to choose from
 * @param reason the lesson's answer to the question; empty where there is no question
 */
record RailTask(int step, BoardTask task, @Nullable Node question, List<Node> reason) {

	/**
	 * A block and the number of its step; 0 is the introduction.
	 */
	private record StepBlock(int step, Block block) {
	}

	/**
	 * Returns the tasks of all steps. The question of a task is the last one before it,
	 * and the reason is the first answer after the question.
	 */
	static List<RailTask> of(Lesson lesson) {
		List<StepBlock> blocks = Stream
			.concat(lesson.intro().stream().map((block) -> new StepBlock(0, block)), IntStream
				.rangeClosed(1, lesson.steps().size())
				.boxed()
				.flatMap(
						(number) -> lesson.step(number).blocks().stream().map((block) -> new StepBlock(number, block))))
			.toList();
		List<RailTask> tasks = new ArrayList<>();
		int question = -1;
		for (int i = 0; i < blocks.size(); i++) {
			if (blocks.get(i).block() instanceof Prediction) {
				question = i;
			}
			else if (blocks.get(i).block() instanceof OnBoard here) {
				tasks.add(here.task().choices().isEmpty()
						? new RailTask(blocks.get(i).step(), here.task(), null, List.of())
						: new RailTask(blocks.get(i).step(), here.task(),
								((Prediction) blocks.get(question).block()).question(), reason(blocks, question)));
			}
		}
		return tasks;
	}

	/**
	 * Returns the answer without its heading, which the page shows while it is folded.
	 */
	private static List<Node> reason(List<StepBlock> blocks, int question) {
		return blocks.stream()
			.skip(question)
			.map(StepBlock::block)
			.filter(Answer.class::isInstance)
			.map(Answer.class::cast)
			.findFirst()
			.map((answer) -> answer.nodes().stream().dropWhile(Heading.class::isInstance).toList())
			.orElse(List.of());
	}

}
