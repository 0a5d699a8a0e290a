package lab.console;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * How long a test waits for a state where it names no time of its own: a minute, because
 * the 10 seconds that Awaitility has by itself are too few for a broker or a browser on a
 * machine that does five other things. A state that is reached costs nothing more.
 */
public class Patience implements TestExecutionListener {

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

}
