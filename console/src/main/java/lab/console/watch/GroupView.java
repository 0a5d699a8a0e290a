package lab.console.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import lab.console.deadletter.DeadLetter;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupTimings;
import lab.console.group.Retention;
import lab.console.group.Unread;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.AssignmentChange.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A group as it is shown: what its coordinator described last, and what the watch adds to
 * it from memory and from what members publish. The page, the terminal and {@code --json}
 * show the same. Members and partitions are in maps by their names, so that a change of
 * one is a small change of the JSON.
 *
 * @param now when the view was made
 * @param group null until the cluster has answered once
 * @param lag by epoch second, partition and {@code total}
 * @param feed what happened, by a number that rises
 * @param deadLetters null where there are none
 * @param instances the lab's own processes, where the lab is watched
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GroupView(Instant now, WatchedGroup source, Broker broker, Verdict verdict, @Nullable GroupFacts group,
		Map<String, MemberView> members, Map<String, PartitionView> partitions, Timeline timeline,
		SortedMap<Long, Map<String, Long>> lag, SortedMap<Integer, FeedEntry> feed, Traffic traffic,
		@Nullable DeadLetters deadLetters, Map<String, InstanceState> instances) {

	/**
	 * Whether the cluster answers.
	 *
	 * @param at its last answer
	 * @param since since when it is in this state
	 * @param problem the cluster's error, or what is wrong with the client's settings
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Broker(@Nullable Instant at, BrokerState state, Instant since, @Nullable String problem) {

		/**
		 * {@code REFUSED}: it does not authenticate or authorize the client.
		 */
		public enum BrokerState {

			UP, AWAY, REFUSED

		}

	}

	/**
	 * The group itself: the snapshot without its members and partitions, which have views
	 * of their own.
	 *
	 * @param generation classic protocol only, from what members publish
	 * @param timings null where the coordinator does not tell them
	 * @param standsStill whether all members stand still because the group rebalances
	 * under the classic protocol with an eager assignor; null where it does not
	 * rebalance, or the assignor is not known
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record GroupFacts(@JsonUnwrapped @JsonIgnoreProperties( {
			"group", "members", "partitions" }) GroupSnapshot snapshot, @Nullable Integer generation,
			@JsonUnwrapped @Nullable GroupTimings timings, @Nullable Boolean standsStill){

		/**
		 * Creates a group of which nothing is known while it rebalances.
		 */
		public GroupFacts(GroupSnapshot snapshot, @Nullable Integer generation, @Nullable GroupTimings timings) {
			this(snapshot, generation, timings, null);
		}

	}

	/**
	 * A member of the group.
	 *
	 * @param why the reason why it is idle; null where it is not
	 * @param silentSince since when its process sends no heartbeats, because it ended or
	 * is paused; known of the lab's own processes, and of static members
	 * @param handled what it has handled, where members publish that
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record MemberView(@JsonUnwrapped @JsonIgnoreProperties("name") GroupSnapshot.Member snapshot,
			@Nullable Sentence why, @Nullable Instant silentSince, @Nullable HandledOrders handled) {
	}

	/**
	 * A sentence of the message bundles.
	 */
	public record Sentence(String key, List<String> values) {
	}

	/**
	 * What a member has handled.
	 *
	 * @param count since the watch began, and among the last thousand before
	 * @param at when it handled the last one
	 * @param text the last one's message; null where records may not be shown
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record HandledOrders(long count, Instant at, int partition, long offset, @Nullable String text) {
	}

	/**
	 * A partition.
	 *
	 * @param records the last ones, oldest first; null where there are too many
	 * partitions
	 * @param unread the lag as a time; null where nothing waits, or it is not known
	 * @param stalledSince since when nothing is committed although records wait and other
	 * partitions move; null where that is not so
	 * @param retention of its topic; null where it is not known
	 * @param deletableFrom when its oldest unread record may be deleted because of its
	 * age, at the earliest; null where that is not known
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record PartitionView(@JsonUnwrapped GroupSnapshot.Partition snapshot, @Nullable List<RecordView> records,
			@Nullable Unread unread, @Nullable Instant stalledSince, @Nullable Retention retention,
			@Nullable Instant deletableFrom) {

		/**
		 * Creates a partition in which nothing is stalled, and of whose retention nothing
		 * is known.
		 */
		public PartitionView(GroupSnapshot.Partition snapshot, @Nullable List<RecordView> records,
				@Nullable Unread unread) {
			this(snapshot, records, unread, null, null, null);
		}

	}

	/**
	 * A record.
	 *
	 * @param key null also where records may not be shown
	 * @param text null where records may not be shown
	 * @param bytes the size of its value
	 * @param by the member that handled it last, once that is published
	 * @param before the members that have handled it before; null where there are none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record RecordView(long offset, Instant at, @Nullable String key, @Nullable String text, int bytes,
			@Nullable String by, @Nullable List<String> before) {
	}

	/**
	 * The last minutes.
	 *
	 * @param states of the group
	 * @param lanes the assignments of each member
	 * @param rebalances by the epoch millisecond at which they began
	 * @param outages when the cluster did not answer, so that nothing is known
	 * @param again the records that were handled once more after a rebalance, by the same
	 * numbers; where members publish what they handle
	 * @param handledAgain how many records were handled once more, since the watch began
	 * and among the last thousand of each partition before
	 */
	public record Timeline(List<StateFrom> states, Map<String, List<OwnedFrom>> lanes,
			Map<String, Rebalance> rebalances, List<Outage> outages, Map<String, HandledAgain> again,
			int handledAgain) {
	}

	/**
	 * Records that were handled once more.
	 *
	 * @param records the first ones, as {@code topic-partition@offset}
	 */
	public record HandledAgain(int count, List<String> records) {
	}

	/**
	 * A time in which the cluster did not answer.
	 *
	 * @param from its last answer before
	 * @param until its first answer after; null where there is none yet
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Outage(Instant from, @Nullable Instant until) {
	}

	/**
	 * The state of the group from an instant on.
	 */
	public record StateFrom(Instant at, String state) {
	}

	/**
	 * The assignment of a member from an instant on.
	 *
	 * @param seen when a member that has left while nobody watched was missed; it was
	 * there {@code at} last
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record OwnedFrom(Instant at, List<String> owned, @Nullable Integer epoch, ChangeKind kind, Origin source,
			@Nullable Instant seen) {

		/**
		 * Creates a change of which it is known when it happened.
		 */
		public OwnedFrom(Instant at, List<String> owned, @Nullable Integer epoch, ChangeKind kind, Origin source) {
			this(at, owned, epoch, kind, source, null);
		}

	}

	/**
	 * What happened, as a sentence of the message bundles, and the command that shows the
	 * same.
	 */
	public record FeedEntry(Instant at, Verdict.Level level, String key, List<String> values, String command) {
	}

	/**
	 * The dead letters of the topic that the group reads.
	 *
	 * @param topic the dead letter topic
	 * @param total how many there are
	 * @param open how many of them have not been returned
	 * @param of only so many of the last offsets of each partition are counted; null
	 * where all are
	 * @param newest by partition and offset in the dead letter topic; without causes
	 * where records may not be shown
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record DeadLetters(String topic, int total, int open, @Nullable Integer of, Map<String, DeadLetter> newest) {
	}

	/**
	 * Records that were written to the partitions.
	 *
	 * @param placed in all: the sum of the end offsets, the last known one of a partition
	 * without a leader; null where no end is known
	 * @param perSecond between the last two snapshots; null where that is not known
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Traffic(@Nullable Long placed, @Nullable Double perSecond) {

		static final Traffic UNKNOWN = new Traffic(null, null);

		public Traffic(long placed, double perSecond) {
			this(Long.valueOf(placed), Double.valueOf(perSecond));
		}

	}

}
