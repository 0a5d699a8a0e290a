package lab.console.compare.plan;

import java.time.Duration;
import java.util.Locale;

import lab.console.compare.run.Trial;

/**
 * What is done to a group whose members have settled.
 */
public enum Scenario {

	/**
	 * The topic gets more partitions.
	 */
	GROWTH {

		@Override
		public void perform(Trial trial) throws InterruptedException {
			trial.grow();
			trial.awaitSettled();
		}

		@Override
		public Duration bound(Setting setting) {
			return setting.discovery();
		}

	},

	/**
	 * One member more.
	 */
	JOIN {

		@Override
		public void perform(Trial trial) throws InterruptedException {
			trial.join();
			trial.awaitSettled();
		}

	},

	/**
	 * A member is stopped in good order.
	 */
	LEAVE {

		@Override
		public void perform(Trial trial) throws InterruptedException {
			trial.leave();
			trial.awaitSettled();
		}

		@Override
		public Duration bound(Setting setting) {
			return setting.isStatic() ? setting.session() : setting.heartbeat().multipliedBy(2);
		}

	},

	/**
	 * A member's process is killed.
	 */
	KILL {

		@Override
		public void perform(Trial trial) throws InterruptedException {
			trial.kill();
			trial.awaitSettled();
		}

		@Override
		public Duration bound(Setting setting) {
			return setting.session();
		}

	},

	/**
	 * A member's process is held still until its session is over and the others have
	 * taken over, and then goes on.
	 */
	PAUSE {

		@Override
		public void perform(Trial trial) throws InterruptedException {
			trial.pause();
			trial.awaitSettled();
			trial.resume();
			trial.awaitSettled();
		}

		@Override
		public Duration bound(Setting setting) {
			return setting.session();
		}

	},

	/**
	 * A member is stopped in good order and started again at once.
	 */
	RESTART {

		@Override
		public void perform(Trial trial) throws InterruptedException {
			trial.restart();
			trial.awaitSettled();
		}

	},

	/**
	 * All members are restarted, one after the other.
	 */
	ROLLING {

		@Override
		public void perform(Trial trial) throws InterruptedException {
			trial.restartAll();
		}

	};

	/**
	 * Does it, and returns when the group has settled again.
	 */
	public abstract void perform(Trial trial) throws InterruptedException;

	/**
	 * How long the group can take to notice.
	 */
	public Duration bound(Setting setting) {
		return setting.heartbeat().multipliedBy(2);
	}

	/**
	 * Whether somebody must be there to take over.
	 */
	public boolean takesOver() {
		return this == LEAVE || this == KILL || this == PAUSE;
	}

	/**
	 * As written on the command line and in results.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
