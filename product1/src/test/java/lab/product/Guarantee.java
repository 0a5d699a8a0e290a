package lab.product;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.product.Group.Commit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the product service guarantees for partition 0 of a group's topic, whatever fails.
 * Each is verified on what the topics have when the group has come to rest. A mistake in
 * the service breaks one of them; {@link Mutant} has some.
 */
enum Guarantee {

	/**
	 * Each order is handled.
	 */
	HANDLED {

		@Override
		Stream<String> violations(Group group) {
			Set<String> handled = handlings(group).map((event) -> event.get("orderId").asString())
				.collect(Collectors.toSet());
			return orders(group).entrySet()
				.stream()
				.filter((order) -> !handled.contains(order.getValue()))
				.map((order) -> "the order at offset %d was not handled".formatted(order.getKey()));
		}

	},

	/**
	 * The committed offset never goes back, and never passes an order that was not
	 * handled yet.
	 */
	COMMITS {

		@Override
		Stream<String> violations(Group group) {
			List<Commit> commits = group.timedCommits();
			Stream<String> back = IntStream.range(1, commits.size())
				.filter((i) -> commits.get(i).offset() < commits.get(i - 1).offset())
				.mapToObj((i) -> "the committed offset went back from %d to %d".formatted(commits.get(i - 1).offset(),
						commits.get(i).offset()));
			Map<String, Instant> handledAt = new HashMap<>();
			handlings(group).forEach((event) -> handledAt.merge(event.get("orderId").asString(),
					instant(event, "handledAt").truncatedTo(ChronoUnit.MILLIS),
					(first, second) -> first.isBefore(second) ? first : second));
			Stream<String> early = orders(group).entrySet()
				.stream()
				.filter((order) -> commits.stream()
					.anyMatch((commit) -> commit.offset() > order.getKey()
							&& commit.at().isBefore(handledAt.getOrDefault(order.getValue(), Instant.MAX))))
				.map((order) -> "the committed offset passed the order at offset %d before it was handled"
					.formatted(order.getKey()));
			return Stream.concat(back, early);
		}

	},

	/**
	 * An instance handles no order of a partition that it has lost, or given up.
	 */
	OWNED {

		@Override
		Stream<String> violations(Group group) {
			List<JsonNode> changes = group.events("-rebalances")
				.stream()
				.filter((change) -> change.get("partitions")
					.valueStream()
					.anyMatch((partition) -> partition.asString().equals(group.topic + "-0")))
				.toList();
			return handlings(group)
				.filter((event) -> changes.stream()
					.filter((change) -> change.get("instance").equals(event.get("instance")))
					.filter((change) -> !instant(change, "at").isAfter(instant(event, "handledAt")))
					.max(Comparator.comparing((change) -> instant(change, "at")))
					.filter((change) -> !change.get("type").asString().equals("PartitionsAssigned"))
					.isPresent())
				.map((event) -> "%s handled the order at offset %d after it had lost the partition"
					.formatted(event.get("instance").asString(), event.get("offset").asLong()));
		}

	},

	/**
	 * Each record that is no order has one dead letter, and an order has none.
	 */
	DEAD_LETTERED {

		@Override
		Stream<String> violations(Group group) {
			Map<Long, Long> deadLetters = group.records("-dlt")
				.stream()
				.map((record) -> ByteBuffer.wrap(record.headers().lastHeader("kafka_dlt-original-offset").value())
					.getLong())
				.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
			return group.records("")
				.stream()
				.filter((record) -> deadLetters.getOrDefault(record.offset(), 0L) != (isOrder(record) ? 0 : 1))
				.map((record) -> "the record at offset %d has %d dead letters".formatted(record.offset(),
						deadLetters.getOrDefault(record.offset(), 0L)));
		}

	},

	/**
	 * The stock of {@value Guarantee#STOCK} goes down by one for each order. With the
	 * profile {@code stock}; asks product1.
	 */
	COUNTED_ONCE {

		@Override
		Stream<String> violations(Group group) {
			long amount = group.actuator("product1", "stock").get("amount").asLong();
			long orders = orders(group).values().stream().distinct().count();
			return (amount == STOCK - orders) ? Stream.of()
					: Stream.of("the stock went down by %d for %d orders".formatted(STOCK - amount, orders));
		}

	},

	/**
	 * Who reads with {@code read_committed} sees the event of each order once. With the
	 * profile {@code exactly-once}.
	 */
	SEEN_ONCE {

		@Override
		Stream<String> violations(Group group) {
			Map<String, Long> seen = group.events("-handled")
				.stream()
				.collect(Collectors.groupingBy((event) -> event.path("orderId").asString(), Collectors.counting()));
			return orders(group).entrySet()
				.stream()
				.filter((order) -> seen.getOrDefault(order.getValue(), 0L) != 1)
				.map((order) -> "a reader of committed events sees %d of the order at offset %d"
					.formatted(seen.getOrDefault(order.getValue(), 0L), order.getKey()));
		}

	};

	/** What a stock under test has before the first order. */
	static final int STOCK = 100;

	private static final JsonMapper json = new JsonMapper();

	/**
	 * Returns what breaks it, each in a sentence.
	 */
	abstract Stream<String> violations(Group group);

	/**
	 * Returns those of the guarantees that are broken, with what breaks them.
	 */
	static Map<Guarantee, List<String>> broken(Group group, Guarantee... guarantees) {
		Map<Guarantee, List<String>> broken = new TreeMap<>();
		for (Guarantee guarantee : guarantees) {
			List<String> violations = guarantee.violations(group).toList();
			if (!violations.isEmpty()) {
				broken.put(guarantee, violations);
			}
		}
		return broken;
	}

	/**
	 * Whether the last order was handled and its offset is committed.
	 */
	static boolean isAtRest(Group group) {
		List<ConsumerRecord<byte[], byte[]>> records = group.records("");
		String last = new ArrayList<>(orders(group).values()).get(orders(group).size() - 1);
		return group.commits().contains((long) records.size())
				&& handlings(group).anyMatch((event) -> event.get("orderId").asString().equals(last));
	}

	/**
	 * Returns the id of the order at each offset.
	 */
	private static Map<Long, String> orders(Group group) {
		return group.records("")
			.stream()
			.filter(Guarantee::isOrder)
			.collect(Collectors.toMap(ConsumerRecord::offset, (record) -> event(record).get("id").asString(),
					(first, second) -> second, TreeMap::new));
	}

	private static boolean isOrder(ConsumerRecord<byte[], byte[]> record) {
		return record.value()[0] == '{';
	}

	/**
	 * Returns the events of handled orders, also those of a transaction that is open or
	 * was aborted.
	 */
	private static Stream<JsonNode> handlings(Group group) {
		return group.written("-handled").stream().map(Guarantee::event).filter((event) -> event.has("orderId"));
	}

	private static JsonNode event(ConsumerRecord<byte[], byte[]> record) {
		return json.readTree(record.value());
	}

	private static Instant instant(JsonNode event, String field) {
		return Instant.parse(event.get(field).asString());
	}

}
