package lab.console.classroom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import lab.console.lesson.ProgressReport;
import org.jspecify.annotations.Nullable;

/**
 * What the learners of a class have reported, in memory. Thread-safe.
 */
final class Classroom {

	private static final Pattern NUMBER = Pattern.compile("[0-9]+");

	/**
	 * More names than a class has are a mistake, or somebody who plays with it.
	 */
	static final int MAX_LEARNERS = 200;

	/** "pair 3" before "pair 12". */
	private static final Comparator<String> BY_NAME = Comparator
		.comparing((String name) -> NUMBER.matcher(name)
			.replaceAll((number) -> "0".repeat(ProgressReport.LONGEST_NAME - number.group().length()) + number.group()),
				String.CASE_INSENSITIVE_ORDER)
		.thenComparing(String.CASE_INSENSITIVE_ORDER);

	private final Map<String, Learner> learners = new TreeMap<>(BY_NAME);

	private static final class Learner {

		private final Map<String, SortedSet<Integer>> done = new HashMap<>();

		private @Nullable FailedCheck failed;

		private Instant reported = Instant.EPOCH;

		/** Whether the teacher has removed it since the last report. */
		private boolean removed;

		void add(ProgressReport report, Instant now) {
			boolean more = this.done.computeIfAbsent(report.lesson(), (lesson) -> new TreeSet<>())
				.addAll(report.done());
			if (report.failed() != 0) {
				this.failed = new FailedCheck(report.lesson(), report.failed(), report.begun(), now);
			}
			else if (this.failed != null && (this.failed.lesson().equals(report.lesson())
					? report.done().contains(this.failed.step()) : more)) {
				this.failed = null;
			}
			this.reported = now;
			this.removed = false;
		}

	}

	/**
	 * The last step of a learner that failed. It is forgotten when its step is ticked, or
	 * a step of another lesson is: the learner is not stuck there anymore.
	 *
	 * @param begun whether a check has failed; else the step could not begin
	 */
	record FailedCheck(String lesson, int step, boolean begun, Instant at) {
	}

	/**
	 * What one learner has reported.
	 *
	 * @param done the ticked steps of each lesson, by its name
	 * @param at when the last report arrived
	 */
	record Reported(String name, Map<String, SortedSet<Integer>> done, @Nullable FailedCheck failed, Instant at) {
	}

	/**
	 * Adds a report. Ticks that were reported before stay, since reports may overtake
	 * each other. A learner who was removed is there again.
	 * @return whether there was room for the learner
	 */
	synchronized boolean add(ProgressReport report, Instant now) {
		if (!this.learners.containsKey(report.name()) && this.learners.size() >= MAX_LEARNERS) {
			this.learners.values().removeIf((learner) -> learner.removed);
			if (this.learners.size() >= MAX_LEARNERS) {
				return false;
			}
		}
		this.learners.computeIfAbsent(report.name(), (name) -> new Learner()).add(report, now);
		return true;
	}

	/**
	 * Removes a learner until the next report under that name, such as one who mistyped
	 * it. What was reported is kept: the teacher may have meant another line.
	 */
	synchronized void remove(String name) {
		Learner learner = this.learners.get(name);
		if (learner != null) {
			learner.removed = true;
		}
	}

	/**
	 * Returns what the learners have reported, by name, without those who were removed.
	 */
	synchronized List<Reported> reported() {
		List<Reported> reported = new ArrayList<>();
		this.learners.forEach((name, learner) -> {
			if (learner.removed) {
				return;
			}
			Map<String, SortedSet<Integer>> done = new HashMap<>();
			learner.done.forEach((lesson, steps) -> done.put(lesson, new TreeSet<>(steps)));
			reported.add(new Reported(name, done, learner.failed, learner.reported));
		});
		return reported;
	}

}
