package lab.console.instance;

import java.util.List;

/**
 * Runs instances of one kind: processes of this machine or containers.
 */
interface Host {

	/**
	 * The ports that must be free before the instance is started.
	 */
	List<Integer> ports(Instance instance);

	/**
	 * Whether the lab started the instance here and it still runs, paused or not.
	 */
	boolean isRunning(Instance instance);

	boolean isPaused(Instance instance);

	/**
	 * Asks the instances to end, and returns when they have. A paused instance is resumed
	 * first; one that does not run is left out.
	 */
	void stop(List<Instance> instances) throws InterruptedException;

	/**
	 * Ends the instance, paused or not, without giving it time to leave its group.
	 */
	void kill(Instance instance) throws InterruptedException;

	void pause(Instance instance) throws InterruptedException;

	void resume(Instance instance) throws InterruptedException;

}
