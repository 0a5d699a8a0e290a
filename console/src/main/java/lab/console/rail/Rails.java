package lab.console.rail;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import lab.console.lesson.Lesson;
import lab.console.lesson.Ticks;
import lab.console.process.LabHome;
import lab.console.rail.Walk.Progress;
import lab.console.watch.GroupView;
import org.jspecify.annotations.Nullable;

/**
 * The walks of all lessons that were opened on the board, to which each view of the group
 * is shown. Safe for use by several threads.
 */
public class Rails {

	private final Ticks ticks;

	private final Map<String, Walk> walks = new HashMap<>();

	private @Nullable Sight last;

	public Rails(LabHome home) {
		this.ticks = new Ticks(home.progress());
	}

	public synchronized void look(GroupView view) {
		Sight sight = Sight.of(view, this.last);
		this.last = sight;
		this.walks.values().forEach((walk) -> walk.look(sight));
	}

	/**
	 * Returns how far the learner is.
	 * @param lesson reads the lesson, if this is its first walk
	 */
	synchronized Progress progress(String name, Supplier<Lesson> lesson) {
		return walk(name, lesson).progress();
	}

	synchronized Progress answer(String name, Supplier<Lesson> lesson, int task, int answer) {
		Walk walk = walk(name, lesson);
		walk.answer(task, answer);
		return walk.progress();
	}

	synchronized Progress again(String name, Supplier<Lesson> lesson) {
		Walk walk = walk(name, lesson);
		walk.again();
		return walk.progress();
	}

	private Walk walk(String name, Supplier<Lesson> lesson) {
		return this.walks.computeIfAbsent(name, (begun) -> {
			Walk walk = new Walk(lesson.get(), this.ticks);
			if (this.last != null) {
				walk.look(this.last);
			}
			return walk;
		});
	}

}
