package lab.console.lesson;

import java.time.Duration;
import java.util.List;

import lab.console.terminal.BrokerKind;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * A part of a step. A block with {@code only} is left out with the other kind of broker.
 */
public sealed interface Block {

	/**
	 * Returns the kind of broker that the block is for; null where it is for both.
	 */
	default @Nullable BrokerKind only() {
		return null;
	}

	/**
	 * Whether the block is one of the step's checks: it changes nothing, and what it
	 * shows holds at the end of the step, but not where nothing was done.
	 */
	default boolean isCheck() {
		return false;
	}

	/**
	 * Returns how many checks the block has: what is expected of it, line by line.
	 */
	default int checks() {
		return 0;
	}

	/**
	 * A block whose output is shown below it.
	 */
	sealed interface Recorded extends Block {

		RecordedOutput recording();

		/**
		 * Returns the service in whose terminal the output is; null for a command's.
		 */
		@Nullable String terminal();

		/**
		 * Returns the same block with that recording.
		 */
		Recorded with(RecordedOutput recording);

	}

	/**
	 * Text to read.
	 */
	record Prose(Node node, @Nullable BrokerKind only) implements Block {
	}

	/**
	 * A question that the learner answers before the next blocks show the answer.
	 */
	record Prediction(Node question) implements Block {
	}

	/**
	 * The answer to a prediction or to a question of the self-test; folded in the file.
	 *
	 * @param nodes first, as a heading, what the page shows while it is folded
	 */
	record Answer(List<Node> nodes) implements Block {
	}

	/**
	 * The probable cause when the check before it fails.
	 */
	record Hint(Node advice) implements Block {
	}

	/**
	 * What a learner does on the board instead of the blocks before it.
	 */
	record OnBoard(BoardTask task) implements Block {
	}

	/**
	 * Commands for bash.
	 *
	 * @param inBroker whether they run where the broker runs: with Docker, in its
	 * container
	 */
	record Script(String text, boolean inBroker) {
	}

	/**
	 * Commands that end.
	 *
	 * @param limit how long they may take
	 * @param status the expected exit status
	 * @param expectation on their output; null where there is none
	 */
	record Run(Script script, Duration limit, int status, @Nullable Expectation expectation, @Nullable BrokerKind only,
			RecordedOutput recording) implements Recorded {

		@Override
		public boolean isCheck() {
			return this.expectation != null && this.expectation.isCheck();
		}

		/**
		 * The exit status counts where no line is expected.
		 */
		@Override
		public int checks() {
			return (this.expectation != null) ? this.expectation.lines().size() : 1;
		}

		/**
		 * Returns how long the commands are repeated until the output is as expected.
		 */
		public Duration within() {
			return (this.expectation != null) ? this.expectation.within() : Duration.ZERO;
		}

		/**
		 * Returns the same commands with shorter limits, and without what is recorded: a
		 * learner's own output may look different. A shorter limit stays as it is.
		 * @param limit how long they may take
		 * @param within how long they are repeated
		 */
		public Run limitedTo(Duration limit, Duration within) {
			Expectation shorter = (this.expectation == null) ? null : new Expectation(this.expectation.lines(),
					min(this.expectation.within(), within), this.expectation.isCheck());
			return new Run(this.script, min(this.limit, limit), this.status, shorter, this.only,
					new RecordedOutput(List.of(), this.recording.after(), this.recording.after()));
		}

		/**
		 * Returns the recorded lines that nothing in the output looks like. Those that
		 * are expected do not count: they are checked.
		 */
		public List<String> drift(List<String> output) {
			return this.recording.missingFrom(output)
				.stream()
				.filter((line) -> this.expectation == null
						|| this.expectation.check(List.of(line)).stream().allMatch((check) -> check.seen() == null))
				.toList();
		}

		private static Duration min(Duration one, Duration other) {
			return (one.compareTo(other) < 0) ? one : other;
		}

		Run expecting(Expectation expectation) {
			return new Run(this.script, this.limit, this.status, expectation, this.only, this.recording);
		}

		@Override
		public @Nullable String terminal() {
			return null;
		}

		@Override
		public Run with(RecordedOutput recording) {
			return new Run(this.script, this.limit, this.status, this.expectation, this.only, recording);
		}

	}

	/**
	 * A service that runs in the background until it is stopped.
	 *
	 * @param ready part of the line that it prints when it is ready
	 * @param limit how long it may take to be ready
	 */
	record Start(String service, Script script, String ready, Duration limit, @Nullable BrokerKind only,
			RecordedOutput recording) implements Recorded {

		@Override
		public int checks() {
			return 1;
		}

		@Override
		public String terminal() {
			return this.service;
		}

		@Override
		public Start with(RecordedOutput recording) {
			return new Start(this.service, this.script, this.ready, this.limit, this.only, recording);
		}

	}

	/**
	 * Lines that a service prints after the step began.
	 */
	record Watch(String service, Expectation expectation, @Nullable BrokerKind only,
			RecordedOutput recording) implements Recorded {

		@Override
		public int checks() {
			return this.expectation.lines().size();
		}

		@Override
		public String terminal() {
			return this.service;
		}

		@Override
		public Watch with(RecordedOutput recording) {
			return new Watch(this.service, this.expectation, this.only, recording);
		}

	}

	/**
	 * Stops a service, as Ctrl-C in its terminal does.
	 */
	record Stop(String service, @Nullable BrokerKind only) implements Block {

		@Override
		public int checks() {
			return 1;
		}

	}

}
