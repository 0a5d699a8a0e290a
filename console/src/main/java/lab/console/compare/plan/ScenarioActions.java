package lab.console.compare.plan;

import lab.console.terminal.LabException;

/**
 * What a {@link Scenario} can do to the group of a run. "The last member" is the last of
 * those that the run started with. Every method throws {@link LabException} if the
 * cluster or a member refuses.
 */
public interface ScenarioActions {

	/**
	 * Adds partitions to the topic, up to {@link Plan#growTo()}.
	 */
	void addPartitions();

	/**
	 * Starts another member and returns when it polls.
	 */
	void addMember();

	/**
	 * Stops the last member and returns when it has left the group.
	 */
	void stopMember();

	/**
	 * Kills the process of the last member.
	 */
	void killMember();

	/**
	 * Suspends the process of the last member.
	 */
	void pauseMember() throws InterruptedException;

	/**
	 * Resumes the process of the last member. Reassignment is measured up to here.
	 */
	void resumeMember() throws InterruptedException;

	/**
	 * Stops the last member, starts it again and returns when it polls.
	 */
	void restartMember();

	/**
	 * Restarts all members one after the other, each when the group has settled.
	 */
	void restartAllMembers() throws InterruptedException;

	/**
	 * Returns when every partition has an owner that has handled a record of it and the
	 * coordinator has no assignment pending.
	 * @throws LabException if the group does not settle in time
	 */
	void awaitSettled() throws InterruptedException;

}
