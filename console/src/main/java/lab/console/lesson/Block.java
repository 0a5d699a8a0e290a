package lab.console.lesson;

import java.time.Duration;
import java.util.List;

import lab.console.terminal.BrokerKind;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a step is made of. Those with {@code only} count for that broker alone.
 */
public sealed interface Block {

	default @Nullable BrokerKind only() {
		return null;
	}

	/**
	 * Whether it only looks, at what is still there later.
	 */
	default boolean repeatable() {
		return false;
	}

	/**
	 * Something to read.
	 */
	record Prose(Node node, @Nullable BrokerKind only) implements Block {
	}

	/**
	 * A question that the learner answers before the next block shows it.
	 */
	record Prediction(Node question) implements Block {
	}

	/**
	 * What was to be predicted; folded away in the file.
	 */
	record Answer(List<Node> nodes) implements Block {
	}

	/**
	 * What is probably wrong when the check before it fails.
	 */
	record Hint(Node advice) implements Block {
	}

	/**
	 * What is typed in a terminal: commands for bash.
	 *
	 * @param inBroker whether it is the broker's terminal: the container's, with Docker
	 */
	record Script(String text, boolean inBroker) {
	}

	/**
	 * Commands that end.
	 *
	 * @param limit how long they may take
	 * @param status the exit status that is right
	 */
	record Run(Script script, Duration limit, int status, @Nullable Expectation expectation,
			@Nullable BrokerKind only) implements Block {

		@Override
		public boolean repeatable() {
			return this.expectation != null && !this.expectation.within().isZero();
		}

		/**
		 * The same with less patience.
		 */
		public Run within(Duration limit) {
			return (this.expectation != null && this.expectation.within().compareTo(limit) > 0)
					? expecting(new Expectation(this.expectation.lines(), limit)) : this;
		}

		Run expecting(Expectation expectation) {
			return new Run(this.script, this.limit, this.status, expectation, this.only);
		}

	}

	/**
	 * A program that goes on in a terminal of its own.
	 *
	 * @param ready part of the line that says so
	 * @param limit how long that may take
	 */
	record Start(String service, Script script, String ready, Duration limit,
			@Nullable BrokerKind only) implements Block {
	}

	/**
	 * What is to be seen in a service's terminal, since the step began.
	 */
	record Watch(String service, Expectation expectation, @Nullable BrokerKind only) implements Block {
	}

	/**
	 * Ctrl-C in a service's terminal.
	 */
	record Stop(String service, @Nullable BrokerKind only) implements Block {
	}

}
