package lab.console.rail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import lab.console.lesson.BoardTask;
import lab.console.lesson.BoardTask.Instruction;
import lab.console.lesson.BoardTask.Need;
import lab.console.lesson.BoardCondition;
import lab.console.lesson.Lesson;
import lab.console.lesson.Ticks;
import lab.console.lesson.Ticks.LessonState;
import org.jspecify.annotations.Nullable;

/**
 * A learner's way through a lesson on the board. Each task goes through its needs, its
 * question and its instructions; a step is ticked when its last task is done. Not safe
 * for use by several threads.
 */
class Walk {

	private final Lesson lesson;

	private final Ticks ticks;

	private final List<RailTask> tasks;

	/**
	 * The answers that were chosen, from 0, by the number of their task.
	 */
	private final Map<Integer, Integer> chosen = new TreeMap<>();

	/**
	 * The ticks when the task became current: those since then were earned elsewhere.
	 */
	private Set<Integer> before = new HashSet<>();

	private int task;

	private int instruction;

	/**
	 * What was seen when the instruction became current; null before that.
	 */
	private @Nullable Sight since;

	/**
	 * What was seen last; null where the group is not seen now.
	 */
	private @Nullable Sight now;

	/**
	 * Begins with the first step that has no tick; with the first one where all have.
	 */
	Walk(Lesson lesson, Ticks ticks) {
		this.lesson = lesson;
		this.ticks = ticks;
		this.tasks = RailTask.of(lesson);
		Set<Integer> done = ticks.steps(lesson);
		begin(IntStream.range(0, this.tasks.size())
			.filter((task) -> !done.contains(this.tasks.get(task).step()))
			.findFirst()
			.orElse(this.tasks.size()));
	}

	/**
	 * How far the learner is with the current task.
	 */
	enum Stage {

		/** What it needs does not hold, or is not known. */
		NEED,

		/** Its question is not answered. */
		ASK,

		/** What its instruction asks for is not observed. */
		WATCH,

		/** There is no task left. */
		DONE

	}

	/**
	 * A condition, and what was observed last.
	 *
	 * @param observed {@link Sight#UNKNOWN} where it is not known
	 */
	record Observed(BoardCondition.Fact fact, int number, @Nullable String member, long observed, boolean holds) {

		private static Observed of(BoardCondition condition, @Nullable Sight now, @Nullable Sight since) {
			long observed = (now == null) ? Sight.UNKNOWN : now.observe(condition, (since != null) ? since : now);
			return new Observed(condition.fact(), condition.number(), condition.member(), observed,
					now != null && condition.holds(observed));
		}

	}

	/**
	 * How far the learner is.
	 *
	 * @param ticks the numbers of the steps that are done, from 1
	 * @param task the number of the current task, from 0
	 * @param instruction the number of the current instruction in its task, from 0
	 * @param chosen the answers, from 0, by the number of their task
	 * @param observed the conditions of the needs or of the current instruction
	 */
	record Progress(Set<Integer> ticks, LessonState state, int task, int instruction, Stage stage,
			Map<Integer, Integer> chosen, List<Observed> observed) {
	}

	/**
	 * Takes the present state of the group, and goes on once what is asked for is
	 * observed.
	 */
	void look(Sight sight) {
		this.now = sight.isCurrent() ? sight : null;
		if (this.now == null || stage() == Stage.DONE) {
			return;
		}
		Set<Integer> done = this.ticks.steps(this.lesson);
		int step = current().step();
		if (done.contains(step) && !this.before.contains(step)) {
			begin(IntStream.range(this.task, this.tasks.size())
				.filter((task) -> this.tasks.get(task).step() != step)
				.findFirst()
				.orElse(this.tasks.size()));
		}
		else if (this.since == null) {
			if (stage() == Stage.WATCH) {
				this.since = this.now;
			}
		}
		else if (observed().stream().allMatch(Observed::holds)) {
			goOn();
		}
	}

	/**
	 * Chooses an answer to the current task's question; ignored where another task is
	 * current, or it is answered.
	 * @param answer its number from 0
	 */
	void answer(int task, int answer) {
		if (task == this.task && stage() == Stage.ASK && answer >= 0 && answer < current().task().choices().size()) {
			this.chosen.put(task, answer);
			this.since = this.now;
		}
	}

	/**
	 * Begins with the first step again; ticks stay.
	 */
	void again() {
		this.chosen.clear();
		begin(0);
	}

	Progress progress() {
		return new Progress(this.ticks.steps(this.lesson), this.ticks.state(this.lesson), this.task, this.instruction,
				stage(), Map.copyOf(this.chosen), observed());
	}

	private void begin(int task) {
		this.task = task;
		this.instruction = 0;
		this.since = null;
		this.before = this.ticks.steps(this.lesson);
	}

	private void goOn() {
		if (this.instruction + 1 < current().task().instructions().size()) {
			this.instruction++;
			this.since = this.now;
			return;
		}
		int step = current().step();
		if (this.task + 1 == this.tasks.size() || this.tasks.get(this.task + 1).step() != step) {
			this.ticks.add(this.lesson, step);
		}
		begin(this.task + 1);
	}

	private RailTask current() {
		return this.tasks.get(this.task);
	}

	private Stage stage() {
		if (this.task == this.tasks.size()) {
			return Stage.DONE;
		}
		if (this.since != null) {
			return Stage.WATCH;
		}
		BoardTask task = current().task();
		if (this.chosen.containsKey(this.task)) {
			return Stage.WATCH;
		}
		if (!observe(task.needs().stream().map(Need::condition).toList()).stream().allMatch(Observed::holds)) {
			return Stage.NEED;
		}
		return task.choices().isEmpty() ? Stage.WATCH : Stage.ASK;
	}

	private List<Observed> observed() {
		return switch (stage()) {
			case NEED -> observe(current().task().needs().stream().map(Need::condition).toList());
			case WATCH -> {
				Instruction instruction = current().task().instructions().get(this.instruction);
				yield observe(instruction.conditions());
			}
			case ASK, DONE -> List.of();
		};
	}

	private List<Observed> observe(List<BoardCondition> conditions) {
		List<Observed> observed = new ArrayList<>();
		conditions.forEach((condition) -> observed.add(Observed.of(condition, this.now, this.since)));
		return observed;
	}

}
