package lab.console;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints at the end of the run which test classes took longest. Classes may have run at
 * the same time.
 */
public class SlowTestsReport implements TestExecutionListener {

	private static final int NAMED = 10;

	private static final Duration SLOW = Duration.ofSeconds(10);

	private final Map<TestIdentifier, Long> started = new ConcurrentHashMap<>();

	private final Map<String, Duration> slow = new ConcurrentHashMap<>();

	@Override
	public void executionStarted(TestIdentifier test) {
		if (test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
			this.started.put(test, System.nanoTime());
		}
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		Long start = this.started.remove(test);
		if (start != null) {
			Duration time = Duration.ofNanos(System.nanoTime() - start);
			if (time.compareTo(SLOW) > 0) {
				this.slow.put(test.getDisplayName(), time);
			}
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		this.slow.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.limit(NAMED)
			.forEach((test) -> System.out.printf("[SLOW] %s: %d s%n", test.getKey(), test.getValue().toSeconds()));
	}

}
