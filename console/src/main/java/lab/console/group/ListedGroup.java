package lab.console.group;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.group.GroupSnapshot.Partition;
import org.jspecify.annotations.Nullable;

/**
 * A group in the list of all groups of a cluster.
 *
 * @param protocol as in {@link GroupSnapshot}
 * @param protocolType as in {@link GroupSnapshot}
 * @param state the group's state in Kafka's words
 * @param members how many it has; null where this client may not see them
 * @param topics that it reads, or has committed offsets of
 * @param lag the sum of the lags that are known, null where none is
 * @param unknownLags in how many partitions the lag is not known although there may be
 * records to read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ListedGroup(String group, @Nullable String protocol, @Nullable String protocolType, String state,
		@Nullable Integer members, List<String> topics, @Nullable Long lag, long unknownLags) {

	static ListedGroup of(GroupSnapshot group) {
		List<Partition> known = group.partitions().stream().filter((partition) -> partition.lag() != null).toList();
		return new ListedGroup(group.group(), group.protocol(), group.protocolType(), group.state(),
				group.membersHidden() ? null : group.members().size(),
				group.partitions().stream().map(Partition::topic).distinct().toList(),
				known.isEmpty() ? null : known.stream().mapToLong(Partition::knownLag).sum(),
				group.partitions().stream().filter(Partition::lagIsUnknown).count());
	}

}
