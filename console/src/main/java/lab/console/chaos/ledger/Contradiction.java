package lab.console.chaos.ledger;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import lab.console.chaos.ledger.HistoryLine.Entry;
import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Repeat;
import lab.console.chaos.ledger.HistoryLine.Send;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing can be concluded from the lines of a file. What a lab may do wrong, such as
 * losing an order, is no contradiction.
 *
 * @param line the first one that does not fit, from 1
 * @param key of the sentence
 * @param values that the sentence names after the line
 */
record Contradiction(int line, String key, List<Object> values) {

	/** The status of an answer that acknowledges an order. */
	private static final int CREATED = 201;

	private record RecordPlace(int partition, long offset) {
	}

	/**
	 * Returns the first contradiction, or empty if there is none.
	 */
	static Optional<Contradiction> in(List<HistoryLine> lines) {
		NavigableSet<Integer> all = lines.stream()
			.filter(Send.class::isInstance)
			.map((line) -> ((Send) line).number())
			.collect(Collectors.toCollection(TreeSet::new));
		Set<Integer> sent = new HashSet<>();
		Map<RecordPlace, String> orders = new HashMap<>();
		for (int i = 0; i < lines.size(); i++) {
			HistoryLine line = lines.get(i);
			Contradiction found = missing(i + 1, line);
			if (found == null && line instanceof Send send) {
				found = sent(i + 1, send, sent.add(send.number()));
			}
			else if (found == null && line instanceof Repeat repeat) {
				found = known(i + 1, repeat.number(), all);
			}
			else if (found == null && line instanceof Entry entry) {
				found = known(i + 1, entry.number(), all);
				found = (found != null) ? found
						: placed(i + 1, new RecordPlace(entry.partition(), entry.offset()), entry.orderId(), orders);
			}
			else if (found == null && line instanceof Handled handled) {
				found = placed(i + 1, new RecordPlace(handled.partition(), handled.offset()), handled.orderId(),
						orders);
			}
			if (found != null) {
				return Optional.of(found);
			}
		}
		return sent.isEmpty() ? Optional.of(new Contradiction(lines.size(), "no-orders", List.of())) : Optional.empty();
	}

	/**
	 * A line of JSON can lack what a record always has.
	 */
	private static @Nullable Contradiction missing(int number, HistoryLine line) {
		return Arrays.stream(line.getClass().getRecordComponents())
			.filter((component) -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
			.filter((component) -> isNull(component, line))
			.findFirst()
			.map((component) -> new Contradiction(number, "missing", List.of(component.getName())))
			.orElse(null);
	}

	private static boolean isNull(RecordComponent component, HistoryLine line) {
		try {
			return component.getAccessor().invoke(line) == null;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable Contradiction sent(int number, Send send, boolean first) {
		boolean acknowledged = send.outcome() == SendOutcome.ACKNOWLEDGED;
		if (!first) {
			return new Contradiction(number, "sent-twice", List.of(send.number()));
		}
		if (send.answered().isBefore(send.at())) {
			return new Contradiction(number, "answered-early", List.of(send.number()));
		}
		if ((send.status() == CREATED) != acknowledged || (send.partition() != null) != acknowledged
				|| (send.offset() != null) != acknowledged) {
			return new Contradiction(number, "outcome", List.of(send.number()));
		}
		return null;
	}

	/**
	 * The topic also has the orders of earlier runs on the same lab, whose numbers are
	 * lower.
	 */
	private static @Nullable Contradiction known(int number, int order, NavigableSet<Integer> sent) {
		return (sent.isEmpty() || order < sent.first() || sent.contains(order)) ? null
				: new Contradiction(number, "never-sent", List.of(order));
	}

	/**
	 * Each place in the topic has one record, and a record one order.
	 */
	private static @Nullable Contradiction placed(int number, RecordPlace place, String order,
			Map<RecordPlace, String> orders) {
		String other = orders.putIfAbsent(place, order);
		return (other == null || other.equals(order)) ? null
				: new Contradiction(number, "two-orders", List.of(place.partition(), place.offset()));
	}

}
