package lab.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of the run which tests were skipped and why: a skipped test that nobody
 * sees proves nothing.
 */
public class SkippedTestsReport implements TestExecutionListener {

	private final List<String> skipped = new CopyOnWriteArrayList<>();

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		this.skipped.add(test.getDisplayName() + ": " + reason);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
			this.skipped
				.add(test.getDisplayName() + ": " + result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		this.skipped.forEach((line) -> System.out.println("[SKIPPED] " + line));
	}

}
