package lab.console.lesson;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Hint;
import lab.console.lesson.Block.OnBoard;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Stop;
import lab.console.lesson.Block.Watch;
import lab.console.terminal.BrokerKind;

/**
 * A lesson in one language, read from one file.
 *
 * @param name the file's name without {@code .md}: {@code 03-consumer-group}
 * @param title the first heading
 * @param intro what comes before the first step: nothing that runs
 * @param ownBroker whether the lesson needs a broker that nobody shares, for example
 * because it stops the broker
 * @param names of the topics and groups that it may create
 */
public record Lesson(String name, String title, List<Block> intro, List<Step> steps, boolean ownBroker,
		Set<String> names) {

	/**
	 * Seconds that a learner takes for a block by hand.
	 */
	private static final Map<Class<? extends Block>, Integer> SECONDS = Map.of(Run.class, 45, Start.class, 60,
			Stop.class, 15, Watch.class, 20, Prediction.class, 40, Answer.class, 30, Prose.class, 15);

	/**
	 * Returns the number that the file's name begins with, and that orders the lessons.
	 */
	public int number() {
		return Integer.parseInt(this.name.substring(0, this.name.indexOf('-')));
	}

	/**
	 * Estimates how many minutes a learner takes who types everything.
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
	 * Returns the step of that number, from 1.
	 */
	public Step step(int number) {
		return this.steps.get(number - 1);
	}

	/**
	 * Whether the lesson can be done on the board: every step that is needed for it to be
	 * done.
	 */
	public boolean onBoard() {
		return this.steps.stream().anyMatch(Step::onBoard)
				&& this.steps.stream().allMatch((step) -> step.onBoard() || !step.checkable());
	}

	/**
	 * Returns the numbers of the steps after which the lesson is done: those that
	 * {@code lab tour --check} can check, or where there are none, those that can be done
	 * on the board.
	 */
	public List<Integer> needed() {
		List<Integer> checkable = numbers(Step::checkable);
		return checkable.isEmpty() ? numbers(Step::onBoard) : checkable;
	}

	private List<Integer> numbers(Predicate<Step> wanted) {
		return IntStream.rangeClosed(1, this.steps.size())
			.filter((number) -> wanted.test(step(number)))
			.boxed()
			.toList();
	}

	/**
	 * A second-level heading of the lesson and the blocks under it.
	 *
	 * @param title the heading without the step's number
	 */
	public record Step(String title, List<Block> blocks) {

		/**
		 * Whether {@code lab tour --check} can tell that the step was done.
		 */
		public boolean checkable() {
			return !checks().isEmpty();
		}

		/**
		 * Whether it can be done on the board.
		 */
		public boolean onBoard() {
			return this.blocks.stream().anyMatch(OnBoard.class::isInstance);
		}

		/**
		 * Returns the step's checks, each followed by its hint where it has one.
		 */
		public List<Block> checks() {
			return IntStream.range(0, this.blocks.size())
				.filter((i) -> this.blocks.get(i).isCheck()
						|| (i > 0 && this.blocks.get(i) instanceof Hint && this.blocks.get(i - 1).isCheck()))
				.mapToObj(this.blocks::get)
				.toList();
		}

	}

}
