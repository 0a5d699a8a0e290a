package lab.console.chaos.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import lab.console.chaos.ledger.HistoryLine.Entry;
import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Repeat;
import lab.console.chaos.ledger.HistoryLine.Send;

/**
 * All that happened to one order.
 *
 * @param repeats how it was sent again
 * @param entries its records in the topic, the oldest first
 * @param handlings in the order in which they were published
 * @param deleted whether all of its records were deleted
 */
public record Account(Send send, List<Repeat> repeats, List<Entry> entries, List<Handled> handlings, boolean deleted) {

	private static final int UNAVAILABLE = 503;

	/**
	 * Whether it is in the topic and no product has handled it.
	 */
	boolean unhandled() {
		return !this.entries.isEmpty() && this.handlings.isEmpty() && !this.deleted;
	}

	/**
	 * Whether it was deleted from the topic before a product had handled it.
	 */
	boolean taken() {
		return this.deleted && this.handlings.isEmpty();
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
	 * was not acknowledged, at most once. Sending it again can add records.
	 */
	boolean recordedAsAnswered() {
		return switch (this.send.outcome()) {
			case ACKNOWLEDGED -> this.entries.stream().anyMatch(this::isAnswered) && (this.entries.size() == 1
					|| this.repeats.stream().anyMatch((again) -> again.way().afterRestart()));
			case REFUSED -> this.entries.isEmpty() || !this.repeats.isEmpty();
			case UNKNOWN -> this.entries.size() <= 1 || !this.repeats.isEmpty();
		};
	}

	private boolean isAnswered(Entry entry) {
		return Integer.valueOf(entry.partition()).equals(this.send.partition())
				&& Long.valueOf(entry.offset()).equals(this.send.offset());
	}

	/**
	 * Whether it has one id, in all of its records and answers.
	 */
	boolean hasOneId() {
		return Stream
			.concat(this.entries.stream().map(Entry::orderId),
					this.repeats.stream().map(Repeat::orderId).filter(Objects::nonNull))
			.distinct()
			.count() <= 1;
	}

	/**
	 * Whether the order service said that it was not recorded, after it had said that it
	 * may have been. Without a memory of that, after a restart, it can only speak of the
	 * last attempt.
	 */
	boolean wronglyRefused() {
		boolean unsure = this.send.outcome() == SendOutcome.UNKNOWN && this.send.status() == UNAVAILABLE;
		for (Repeat again : this.repeats) {
			if (again.status() == UNAVAILABLE && !again.way().afterRestart()) {
				if (unsure && again.outcome() == SendOutcome.REFUSED) {
					return true;
				}
				unsure |= again.outcome() == SendOutcome.UNKNOWN;
			}
		}
		return false;
	}

	/**
	 * Whether sending it again told in the end that it is recorded.
	 */
	boolean isResolved() {
		return this.repeats.stream().anyMatch((again) -> again.outcome() == SendOutcome.ACKNOWLEDGED);
	}

}
