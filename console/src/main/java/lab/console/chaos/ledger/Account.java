package lab.console.chaos.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import lab.console.chaos.ledger.HistoryLine.Entry;
import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Send;

/**
 * All that happened to one order.
 *
 * @param entries its records in the topic, the oldest first
 * @param handlings in the order in which they were published
 */
public record Account(Send send, List<Entry> entries, List<Handled> handlings) {

	/**
	 * Whether it is in the topic and no product has handled it.
	 */
	boolean unhandled() {
		return !this.entries.isEmpty() && this.handlings.isEmpty();
	}

	/**
	 * When it was handled for the first time; {@link Instant#MAX} if it was not.
	 */
	Instant firstHandled() {
		return this.handlings.stream().map(Handled::at).min(Comparator.naturalOrder()).orElse(Instant.MAX);
	}

	boolean acknowledged() {
		return this.send.outcome() == SendOutcome.ACKNOWLEDGED;
	}

	/**
	 * Whether the topic has it where the answer said, and nowhere else; of an order that
	 * was not acknowledged, at most once.
	 */
	boolean recordedAsAnswered() {
		return switch (this.send.outcome()) {
			case ACKNOWLEDGED -> this.entries.size() == 1
					&& Integer.valueOf(this.entries.get(0).partition()).equals(this.send.partition())
					&& Long.valueOf(this.entries.get(0).offset()).equals(this.send.offset());
			case REFUSED -> this.entries.isEmpty();
			case UNKNOWN -> this.entries.size() <= 1;
		};
	}

}
