package lab.console.lesson;

import java.util.List;
import java.util.Map;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Stop;
import lab.console.lesson.Block.Watch;
import lab.console.terminal.BrokerKind;
import org.commonmark.node.Node;

/**
 * A walk-through in one language, read from one file.
 *
 * @param name of the file, without {@code .md}: {@code 01-consumer-group}
 * @param title its first heading
 * @param intro what stands before the first step
 * @param ownBroker whether it does things to its broker that nobody else on it would like
 */
public record Lesson(String name, String title, List<Node> intro, List<Step> steps, boolean ownBroker) {

	/**
	 * By hand: to type, to read what comes, to answer, to read on.
	 */
	private static final Map<Class<? extends Block>, Integer> SECONDS = Map.of(Run.class, 45, Start.class, 60,
			Stop.class, 15, Watch.class, 20, Prediction.class, 40, Answer.class, 30, Prose.class, 15);

	/**
	 * About how long it takes a learner who types it all, in minutes.
	 */
	public int minutes() {
		int seconds = this.steps.stream()
			.flatMap((step) -> step.blocks().stream())
			.filter((block) -> block.only() != BrokerKind.DOCKER)
			.mapToInt((block) -> SECONDS.getOrDefault(block.getClass(), 0))
			.sum();
		return Math.max(5, 5 * Math.round(seconds / 300f));
	}

	/**
	 * The step of that number, the first being 1.
	 */
	public Step step(int number) {
		return this.steps.get(number - 1);
	}

	/**
	 * One heading of the lesson and what stands under it, in order.
	 */
	public record Step(String title, List<Block> blocks) {

		/**
		 * Whether it can be told afterwards that the step was done.
		 */
		public boolean checkable() {
			return this.blocks.stream().anyMatch((block) -> block.repeatable() && block.only() == null);
		}
	}

}
