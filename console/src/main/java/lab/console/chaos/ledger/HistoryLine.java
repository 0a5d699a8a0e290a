package lab.console.chaos.ledger;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A line of a history: one thing that was done, or seen, in a run.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(value = HistoryLine.Begin.class, name = "begin"),
		@JsonSubTypes.Type(value = HistoryLine.Send.class, name = "send"),
		@JsonSubTypes.Type(value = HistoryLine.Repeat.class, name = "repeat"),
		@JsonSubTypes.Type(value = HistoryLine.Strike.class, name = "strike"),
		@JsonSubTypes.Type(value = HistoryLine.Entry.class, name = "entry"),
		@JsonSubTypes.Type(value = HistoryLine.Deleted.class, name = "deleted"),
		@JsonSubTypes.Type(value = HistoryLine.Handled.class, name = "handled"),
		@JsonSubTypes.Type(value = HistoryLine.Commit.class, name = "commit"),
		@JsonSubTypes.Type(value = HistoryLine.Lost.class, name = "lost"),
		@JsonSubTypes.Type(value = HistoryLine.Poison.class, name = "poison"),
		@JsonSubTypes.Type(value = HistoryLine.DeadLettered.class, name = "dead-letter"),
		@JsonSubTypes.Type(value = HistoryLine.StockLevel.class, name = "stock"),
		@JsonSubTypes.Type(value = HistoryLine.NetworkFault.class, name = "network"),
		@JsonSubTypes.Type(value = HistoryLine.Usage.class, name = "usage"),
		@JsonSubTypes.Type(value = HistoryLine.End.class, name = "end") })
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface HistoryLine {

	/**
	 * The first line: what was run.
	 *
	 * @param fault its name, as on the command line
	 * @param seed of all that is random
	 * @param protocol of the products
	 * @param rate orders per second
	 * @param profile of the products beside the protocol; null if there is none
	 */
	record Begin(String fault, long seed, String protocol, int rate, int products, int partitions, Instant at,
			@Nullable OnceProfile profile) implements HistoryLine {
	}

	/**
	 * An order was sent with {@code POST /orders}.
	 *
	 * @param number of the order in its lab, also in its message
	 * @param key the customer, which is the record's key
	 * @param at when it was sent
	 * @param answered when the outcome was known
	 * @param status of the answer; 0 where there was none
	 * @param partition where it was recorded, as the answer says; null unless
	 * acknowledged
	 * @param offset as partition
	 */
	record Send(int number, String key, Instant at, Instant answered, SendOutcome outcome, int status,
			@Nullable Integer partition, @Nullable Long offset) implements HistoryLine {
	}

	/**
	 * An order was sent again with its {@code Idempotency-Key}.
	 *
	 * @param orderId the order's id, as the answer says; null unless acknowledged
	 */
	record Repeat(int number, RepeatWay way, Instant at, Instant answered, SendOutcome outcome, int status,
			@Nullable String orderId) implements HistoryLine {
	}

	/**
	 * Something was done to a program of the lab.
	 *
	 * @param action such as {@code kill}
	 * @param target such as {@code product1}
	 * @param at just before it was done
	 */
	record Strike(String action, String target, Instant at) implements HistoryLine {

		/**
		 * A product takes longer for each order than before.
		 */
		public static final String SLOW = "slow";

		/**
		 * A product was seen to say that another process had joined under its name.
		 */
		public static final String FENCED = "fenced";

		/**
		 * A program was seen to have ended by itself.
		 */
		public static final String ENDED = "ended";

		/**
		 * Other brokers were seen to lead the partitions of a broker that was killed.
		 */
		public static final String REPLACED = "replaced";

	}

	/**
	 * A record of the order's topic, as it was read at the end, or before it was deleted.
	 *
	 * @param number of the order
	 */
	record Entry(int number, String orderId, int partition, long offset) implements HistoryLine {
	}

	/**
	 * The records of a partition below an offset were deleted, as its retention does.
	 */
	record Deleted(int partition, long before, Instant at) implements HistoryLine {
	}

	/**
	 * A product handled an order, as it published.
	 *
	 * @param repeated whether the stock had counted the order before; null if there is no
	 * stock, or it had not
	 */
	record Handled(String orderId, String instance, int partition, long offset, Instant at,
			@Nullable Boolean repeated) implements HistoryLine {
	}

	/**
	 * The stock in the products' database, before the first order and after the last one.
	 *
	 * @param amount what is left
	 * @param orders how many orders were counted
	 */
	record StockLevel(long amount, long orders) implements HistoryLine {
	}

	/**
	 * A record that is no order was written to the order's topic.
	 *
	 * @param kind what is wrong with it
	 */
	record Poison(String kind, int partition, long offset, Instant at) implements HistoryLine {
	}

	/**
	 * A dead letter.
	 *
	 * @param partition where its record was
	 * @param offset where its record was
	 * @param cause why the record could not be handled; null where that is not told
	 */
	record DeadLettered(int partition, long offset, @Nullable String cause) implements HistoryLine {
	}

	/**
	 * A product found that the group had taken its partitions away, as it published.
	 *
	 * @param partitions each as {@code topic-number}
	 */
	record Lost(String instance, List<String> partitions, Instant at) implements HistoryLine {
	}

	/**
	 * The group's committed offset was seen to have another value.
	 *
	 * @param at just after it was seen
	 */
	record Commit(int partition, long offset, Instant at) implements HistoryLine {
	}

	/**
	 * The network was broken for some time.
	 *
	 * @param phase how
	 * @param connections that were closed or reset
	 * @param bytes that arrived late, or never
	 */
	record NetworkFault(String phase, int connections, long bytes) implements HistoryLine {
	}

	/**
	 * What order or a product used at a moment.
	 *
	 * @param memory resident, in MiB
	 * @param descriptors open files and sockets
	 */
	record Usage(String instance, long memory, int threads, int descriptors, Instant at) implements HistoryLine {
	}

	/**
	 * The last line.
	 *
	 * @param settled whether the group came to rest, with one owner for each partition
	 * @param owners who owned what at last, in one sentence
	 */
	record End(boolean settled, String owners, Instant at) implements HistoryLine {
	}

}
