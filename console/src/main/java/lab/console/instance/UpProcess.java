package lab.console.instance;

import java.time.Duration;
import java.util.List;

import lab.console.process.ProcessTree;
import lombok.RequiredArgsConstructor;

/**
 * The {@code lab up} of another terminal.
 */
@RequiredArgsConstructor
final class UpProcess {

	private final Instances instances;

	private final ProcessHandle process;

	/**
	 * Asks {@code lab up} to end, and waits as long as it stops one instance after the
	 * other. Kills it if nothing has changed within that time; what it started is then
	 * left running.
	 * @return whether it ended by itself
	 */
	boolean stop(Duration timeout) {
		List<Instance> before = this.instances.running();
		while (!ProcessTree.stopRoot(this.process, timeout)) {
			List<Instance> now = this.instances.running();
			if (now.equals(before)) {
				ProcessTree.kill(this.process);
				this.instances.pidFile("up").delete();
				return false;
			}
			before = now;
		}
		return true;
	}

}
