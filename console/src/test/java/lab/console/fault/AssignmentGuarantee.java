package lab.console.fault;

import lab.console.group.GroupSnapshot;

/**
 * What a stable group promises about its assignment.
 */
public interface AssignmentGuarantee {

	/**
	 * Verifies the assignment that the coordinator reports.
	 * @throws AssertionError naming the partitions or the members that break it
	 */
	void verify(GroupSnapshot group);

}
