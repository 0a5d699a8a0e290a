package lab.console.fault;

import java.util.List;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each partition has one owner, as the coordinator of a consumer group reports it.
 * Members beyond the number of partitions own none.
 */
public final class OneOwnerPerPartition implements AssignmentGuarantee {

	@Override
	public void verify(GroupSnapshot group) {
		List<String> assigned = group.members().stream().flatMap((member) -> member.assigned().stream()).toList();
		assertThat(assigned).as("partitions, each with one owner")
			.containsExactlyInAnyOrderElementsOf(group.partitions().stream().map(Partition::name).toList());
		assertThat(group.members()).as("idle members")
			.filteredOn(Member::idle)
			.hasSize(Math.max(0, group.members().size() - group.partitions().size()));
	}

}
