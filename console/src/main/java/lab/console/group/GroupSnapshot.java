package lab.console.group;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One look at a group and the topics it reads. Every fact is the coordinator's or the
 * partition leader's own, none is inferred.
 *
 * @param at when the look was taken
 * @param group the group's id
 * @param state the group's state in Kafka's words, {@code Dead} where the cluster knows
 * no such group
 * @param protocol {@code Classic} or {@code Consumer} (KIP-848)
 * @param assignor who computes the assignment, where the coordinator tells
 * @param groupEpoch counts changes of the group, KIP-848 only
 * @param assignmentEpoch the group epoch that the target assignment was computed for,
 * KIP-848 only
 * @param members in the order of their client.id, those without a partition too
 * @param partitions of every topic, the ones that nobody owns too
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupSnapshot(Instant at, String group, String state, @Nullable String protocol,
		@Nullable String assignor, @Nullable Integer groupEpoch, @Nullable Integer assignmentEpoch,
		List<Member> members, List<Partition> partitions) {

	/**
	 * The partitions of the topics that the group reads now; all, where nobody owns any.
	 * The others it has only committed an offset for, at some time.
	 */
	public List<Partition> read() {
		Set<String> owned = this.partitions.stream()
			.filter((partition) -> partition.owner() != null)
			.map(Partition::topic)
			.collect(Collectors.toSet());
		return owned.isEmpty() ? this.partitions
				: this.partitions.stream().filter((partition) -> owned.contains(partition.topic())).toList();
	}

	/**
	 * Whether its members are under the classic protocol, whose times are the clients'
	 * own.
	 */
	public boolean classic() {
		return "Classic".equals(this.protocol);
	}

	/**
	 * The same with other names for some of the members.
	 * @param names the new name by the present one
	 */
	public GroupSnapshot renamed(Map<String, String> names) {
		return new GroupSnapshot(this.at, this.group, this.state, this.protocol, this.assignor, this.groupEpoch,
				this.assignmentEpoch,
				this.members.stream()
					.map((member) -> new Member(names.getOrDefault(member.name, member.name), member.clientId,
							member.memberId, member.host, member.epoch, member.assigned, member.target))
					.toList(),
				this.partitions.stream()
					.map((partition) -> new Partition(partition.topic, partition.partition, partition.leader,
							partition.committed, partition.end,
							(partition.owner != null) ? names.getOrDefault(partition.owner, partition.owner) : null))
					.toList());
	}

	/**
	 * A member of the group.
	 *
	 * @param name its client.id, with the end of its id where another member has the same
	 * @param clientId its client.id: in the lab the instance's name
	 * @param memberId the id that the coordinator knows it by
	 * @param host where it connects from
	 * @param epoch the assignment it has taken up, KIP-848 only
	 * @param assigned the partitions it has now, as {@code topic-partition}
	 * @param target the partitions it is on its way to, KIP-848 only
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Member(String name, String clientId, String memberId, String host, @Nullable Integer epoch,
			List<String> assigned, @Nullable List<String> target) {

		/**
		 * Whether it has no partition and none is on its way.
		 */
		@JsonProperty
		public boolean idle() {
			return this.assigned.isEmpty() && (this.target == null || this.target.isEmpty());
		}

	}

	/**
	 * A partition of a topic that the group reads.
	 *
	 * @param leader the id of the broker that leads it, none while it has no leader
	 * @param committed the group's committed offset, none while it never committed
	 * @param end the offset that the next record will get
	 * @param owner the name of the member that has it now
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Partition(String topic, int partition, @Nullable Integer leader, @Nullable Long committed, long end,
			@Nullable String owner) {

		/**
		 * Records that the group has yet to handle; unknown while it never committed.
		 */
		@JsonProperty
		public @Nullable Long lag() {
			return (this.committed != null) ? Long.valueOf(this.end - this.committed) : null;
		}

		public String name() {
			return this.topic + "-" + this.partition;
		}

	}

}
