package lab.console.fault;

import java.util.Set;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each partition is read by at least one member and no member is idle, which a share
 * group promises: several of its members read one partition together.
 */
final class EveryMemberReads implements AssignmentGuarantee {

	@Override
	public void verify(GroupSnapshot group) {
		Set<String> assigned = group.members()
			.stream()
			.flatMap((member) -> member.assigned().stream())
			.collect(Collectors.toSet());
		assertThat(assigned).as("partitions that are read")
			.containsExactlyInAnyOrderElementsOf(group.partitions().stream().map(Partition::name).toList());
		assertThat(group.members()).as("members, none of them idle").noneMatch(Member::idle);
	}

}
