package lab.console.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.watch.AssignmentChange.Kind;
import lab.console.watch.AssignmentChange.Origin;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a group: what it is now and how it came to be so. The page, the
 * terminal and {@code --json} show the same. Names of members and partitions are the keys
 * of maps, so that little changes when little has changed.
 *
 * @param now when this was put together
 * @param group unknown until the first look
 * @param lag by epoch second, partition and {@code total}
 * @param instances the lab's own processes, where it is the lab that is watched
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GroupView(Instant now, WatchedGroup source, Broker broker, Verdict verdict, @Nullable Group group,
		Map<String, Member> members, Map<String, Partition> partitions, Timeline timeline,
		SortedMap<Long, Map<String, Long>> lag, SortedMap<Integer, Entry> feed, Traffic traffic,
		Map<String, ?> instances) {

	/**
	 * Whether the cluster answers.
	 *
	 * @param at its last answer
	 * @param since in this state since then
	 * @param problem what it says, or what is wrong
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Broker(@Nullable Instant at, State state, Instant since, @Nullable String problem) {

		/**
		 * {@code REFUSED}: it answers and does not let us in.
		 */
		public enum State {

			UP, AWAY, REFUSED

		}

	}

	/**
	 * The group as the coordinator describes it.
	 *
	 * @param generation classic protocol only, from what members publish
	 * @param lockMs share groups only
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Group(Instant at, String state, @Nullable String protocol, @Nullable String assignor,
			@Nullable Integer groupEpoch, @Nullable Integer assignmentEpoch, @Nullable Integer generation,
			@Nullable Long heartbeatMs, @Nullable Long sessionMs, @Nullable Long lockMs) {
	}

	/**
	 * A member of the group, the ones without partitions too.
	 *
	 * @param groupInstanceId of a static member
	 * @param idle whether it has no partition and none is on its way
	 * @param why it is idle
	 * @param silentSince its process sends no heartbeats since then, because it ended or
	 * is paused; known of the lab's own alone
	 * @param handled what it last handled, where members publish that
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Member(String memberId, String clientId, @Nullable String groupInstanceId, String host,
			@Nullable Integer epoch, List<String> assigned, @Nullable List<String> target, boolean idle,
			@Nullable Sentence why, @Nullable Instant silentSince, @Nullable Handled handled) {
	}

	/**
	 * Words in the person's language.
	 */
	public record Sentence(String key, List<String> values) {
	}

	/**
	 * What a member has handled.
	 *
	 * @param count since the watch began, and of the last thousand before
	 * @param text only where records may be shown
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Handled(long count, Instant at, int partition, long offset, @Nullable String text) {
	}

	/**
	 * A partition, the ones that nobody reads too.
	 *
	 * @param committed of a share group its start offset
	 * @param owner never one in a share group
	 * @param readers all members that read it, share groups only
	 * @param records the last ones, oldest first; none where there are too many
	 * partitions
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Partition(String topic, int partition, @Nullable Integer leader, @Nullable Long committed, long end,
			@Nullable Long lag, @Nullable String owner, @Nullable List<String> readers, @Nullable List<Rec> records) {

		/**
		 * Whoever reads it now, in words.
		 */
		public String readBy() {
			return (this.readers != null) ? String.join(", ", this.readers)
					: Objects.requireNonNullElse(this.owner, "");
		}

	}

	/**
	 * A record.
	 *
	 * @param key only where records may be shown
	 * @param text only where records may be shown
	 * @param by who handled it, once that is published
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Rec(long offset, Instant at, @Nullable String key, @Nullable String text, int bytes,
			@Nullable String by) {
	}

	/**
	 * The last minutes.
	 *
	 * @param states the group's
	 * @param lanes each member's assignments
	 * @param rebalances by a number that rises with time
	 */
	public record Timeline(List<StateFrom> states, Map<String, List<OwnedFrom>> lanes,
			Map<String, Rebalance> rebalances) {
	}

	/**
	 * In this state from then on.
	 */
	public record StateFrom(Instant at, String state) {
	}

	/**
	 * The member's assignment from then on.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record OwnedFrom(Instant at, List<String> owned, @Nullable Integer epoch, Kind kind, Origin source) {
	}

	/**
	 * What happened, in words, and the command that shows the same.
	 */
	public record Entry(Instant at, Verdict.Level level, String key, List<String> values, String command) {
	}

	/**
	 * Records that came into the partitions.
	 *
	 * @param placed since the watch began
	 * @param perSecond between the last two looks
	 */
	public record Traffic(long placed, double perSecond) {
	}

}
