package lab.console.lesson;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the board has to show of the group: {@code idle 1}, {@code handled +4} or
 * {@code gone product2}.
 *
 * @param fact what is observed
 * @param number the number that it must have, or by how much it must rise at least; 1 for
 * a fact about one member
 * @param member the member's name; null where the fact is not about one member
 */
public record BoardCondition(Fact fact, int number, @Nullable String member) {

	/**
	 * What can be observed. A condition on a fact that rises counts from the moment when
	 * its instruction became current.
	 */
	public enum Fact {

		/** How many members the group has. */
		MEMBERS("\\d{1,3}"),

		/** How many partitions the topic has. */
		PARTITIONS("\\d{1,3}"),

		/** How many members are idle. */
		IDLE("\\d{1,3}"),

		/** How many partitions have an owner. */
		OWNED("\\d{1,3}"),

		/** How many members own a partition. */
		OWNERS("\\d{1,3}"),

		/** How many records the group has yet to handle. */
		LAG("\\d{1,3}"),

		/** How many orders the members have handled. */
		HANDLED("\\+\\d{1,3}"),

		/** How many members have handled an order. */
		HANDLERS("\\+\\d{1,3}"),

		/** How many partitions have another owner. */
		MOVED("\\+\\d{1,3}"),

		/** How many rebalances have begun and ended. */
		REBALANCES("\\+\\d{1,3}"),

		/** The member is in the group. */
		MEMBER("[a-z]+\\d*"),

		/** The member is not in the group. */
		GONE("[a-z]+\\d*");

		private final Pattern value;

		Fact(String value) {
			this.value = Pattern.compile(value);
		}

		/**
		 * Whether it is counted from the moment when the instruction became current.
		 */
		public boolean rises() {
			return this.value.pattern().startsWith("\\+");
		}

		private boolean ofOneMember() {
			return this.value.pattern().startsWith("[");
		}

	}

	/**
	 * Reads {@code fact value}.
	 * @throws IllegalArgumentException if it is not a condition
	 */
	static BoardCondition parse(String text) {
		String[] words = text.strip().split("\\s+", 2);
		Fact fact = Arrays.stream(Fact.values())
			.filter((known) -> known.name().toLowerCase().equals(words[0]))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(text));
		Matcher value = fact.value.matcher((words.length > 1) ? words[1] : "");
		if (!value.matches()) {
			throw new IllegalArgumentException(text);
		}
		return fact.ofOneMember() ? new BoardCondition(fact, 1, words[1])
				: new BoardCondition(fact, Integer.parseInt(words[1]), null);
	}

	/**
	 * Whether it holds where that number was observed.
	 */
	public boolean holds(long observed) {
		return this.fact.rises() ? observed >= this.number : observed == this.number;
	}

}
