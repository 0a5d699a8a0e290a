package lab.console.group;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import lab.console.terminal.Messages;

/**
 * What can be said of a group, as one sentence of the message bundles.
 *
 * @param level how urgent
 * @param key of the sentence
 * @param values in the sentence
 */
public record Verdict(Level level, String key, List<String> values) {

	/**
	 * How urgent it is.
	 */
	public enum Level {

		/**
		 * Nothing is wrong.
		 */
		OK,

		/**
		 * May be intended.
		 */
		NOTE,

		/**
		 * Ends by itself.
		 */
		WAIT,

		/**
		 * Does not end by itself.
		 */
		BAD

	}

	/**
	 * What is known from earlier snapshots.
	 *
	 * @param silent members that send no heartbeats, by name
	 * @param unownedSince since when partitions have no owner or reader, by name
	 * @param stalledSince since when nothing is committed in partitions although records
	 * wait and others move, by name
	 * @param retention what retention may delete
	 */
	public record Memory(Map<String, Silence> silent, Map<String, Instant> unownedSince,
			Map<String, Instant> stalledSince, UnreadRetention retention) {

		/**
		 * There are no earlier snapshots.
		 */
		public static final Memory NONE = new Memory(Map.of(), Map.of());

		/**
		 * Creates the memory of a group in which nothing is stalled, and nothing is
		 * deleted.
		 */
		public Memory(Map<String, Silence> silent, Map<String, Instant> unownedSince) {
			this(silent, unownedSince, Map.of(), UnreadRetention.UNKNOWN);
		}

	}

	/**
	 * Since when a member's process sends no heartbeats.
	 *
	 * @param paused whether it may go on; else it has ended, by itself or because it was
	 * stopped
	 */
	public record Silence(Instant since, boolean paused) {
	}

	public static Verdict refused(String problem) {
		return new Verdict(Level.BAD, "verdict.refused", problem);
	}

	Verdict(Level level, String key, Object... values) {
		this(level, key, Arrays.stream(values).map(String::valueOf).toList());
	}

	/**
	 * The sentence in the language of the messages.
	 */
	public String sentence(Messages messages) {
		return messages.get(this.key, this.values.toArray());
	}

}
