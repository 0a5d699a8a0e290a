package lab.console.classroom;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which refused reports the teacher is told of: the first of each learner within a
 * minute. Of more learners than a class has, the rest is not told, so that nobody fills
 * the teacher's terminal. Thread-safe.
 */
final class Refusals {

	static final Duration QUIET = Duration.ofMinutes(1);

	static final int MOST = 40;

	private final Map<String, Instant> told = new HashMap<>();

	/**
	 * Whether to tell the teacher of this one.
	 * @param who the learner's name and address
	 */
	synchronized boolean isToBeTold(String who, Instant now) {
		this.told.values().removeIf((at) -> !at.plus(QUIET).isAfter(now));
		return this.told.size() < MOST && this.told.putIfAbsent(who, now) == null;
	}

}
