package lab.console.compare.plan;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What is done to a group whose members have settled under load. To add a scenario, add a
 * constant here and its title, {@code compare.scenario.NAME}, to the messages.
 */
public enum Scenario {

	/**
	 * Partitions are added to the topic.
	 */
	GROWTH {

		@Override
		public void perform(ScenarioActions actions) throws InterruptedException {
			actions.addPartitions();
			actions.awaitSettled();
		}

		@Override
		public Duration bound(Setting setting) {
			return setting.discovery();
		}

		@Override
		public boolean grows() {
			return true;
		}

	},

	/**
	 * Another member joins.
	 */
	JOIN {

		@Override
		public void perform(ScenarioActions actions) throws InterruptedException {
			actions.addMember();
			actions.awaitSettled();
		}

	},

	/**
	 * A member is stopped and leaves the group.
	 */
	LEAVE {

		@Override
		public void perform(ScenarioActions actions) throws InterruptedException {
			actions.stopMember();
			actions.awaitSettled();
		}

		@Override
		public Duration bound(Setting setting) {
			return setting.isStatic() ? setting.session() : super.bound(setting);
		}

		@Override
		public boolean needsTwoMembers() {
			return true;
		}

	},

	/**
	 * The process of a member is killed.
	 */
	KILL {

		@Override
		public void perform(ScenarioActions actions) throws InterruptedException {
			actions.killMember();
			actions.awaitSettled();
		}

		@Override
		public Duration bound(Setting setting) {
			return setting.session();
		}

		@Override
		public boolean needsTwoMembers() {
			return true;
		}

	},

	/**
	 * The process of a member is suspended until its session has expired and the other
	 * members own its partitions, then resumed.
	 */
	PAUSE {

		@Override
		public void perform(ScenarioActions actions) throws InterruptedException {
			actions.pauseMember();
			actions.awaitSettled();
			actions.resumeMember();
			actions.awaitSettled();
		}

		@Override
		public Duration bound(Setting setting) {
			return setting.session();
		}

		@Override
		Duration estimate(Setting setting) {
			return bound(setting).plus(SETUP).plus(twoHeartbeats(setting));
		}

		@Override
		public boolean needsTwoMembers() {
			return true;
		}

	},

	/**
	 * A member is stopped and started again at once.
	 */
	RESTART {

		@Override
		public void perform(ScenarioActions actions) throws InterruptedException {
			actions.restartMember();
			actions.awaitSettled();
		}

	},

	/**
	 * All members are restarted, one after the other.
	 */
	ROLLING {

		@Override
		public void perform(ScenarioActions actions) throws InterruptedException {
			actions.restartAllMembers();
		}

		@Override
		Duration estimate(Setting setting) {
			return SETUP.plus(twoHeartbeats(setting)).multipliedBy(2);
		}

	};

	/**
	 * The scenarios of {@code lab compare --quick}.
	 */
	public static final List<Scenario> QUICK = List.of(GROWTH, JOIN, LEAVE);

	/**
	 * Rough time for a group to form, or for its members to start again.
	 */
	static final Duration SETUP = Duration.ofSeconds(5);

	/**
	 * Performs the scenario and returns when the group has settled again.
	 */
	public abstract void perform(ScenarioActions actions) throws InterruptedException;

	/**
	 * Longest time that the group can take to notice what happened.
	 */
	public Duration bound(Setting setting) {
		return twoHeartbeats(setting);
	}

	/**
	 * Rough time that {@link #perform} takes, at most.
	 */
	Duration estimate(Setting setting) {
		return bound(setting);
	}

	/**
	 * Whether the topic starts with {@link Plan#growFrom()} partitions.
	 */
	public boolean grows() {
		return false;
	}

	/**
	 * Whether another member must be there to take over the partitions.
	 */
	public boolean needsTwoMembers() {
		return false;
	}

	/**
	 * The name on the command line and in results.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	static Duration twoHeartbeats(Setting setting) {
		return setting.heartbeat().multipliedBy(2);
	}

}
