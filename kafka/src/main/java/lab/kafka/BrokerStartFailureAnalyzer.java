package lab.kafka;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

/**
 * Says in one sentence why the broker did not start, and what to do, instead of a stack
 * trace.
 */
class BrokerStartFailureAnalyzer extends AbstractFailureAnalyzer<BrokerStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable failure, BrokerStartException cause) {
		BrokerProperties broker = cause.getProperties();
		Throwable root = NestedExceptionUtils.getMostSpecificCause(cause);
		if (root instanceof BindException) {
			return new FailureAnalysis(
					"Port %d or %d on localhost is taken: another broker may be running."
						.formatted(broker.port(), broker.controllerPort()),
					"Stop what listens there (./lab down stops the lab's own), or choose others with --lab.kafka.port and --lab.kafka.controller-port.",
					failure);
		}
		if (String.valueOf(root.getMessage()).contains(".lock")) {
			return new FailureAnalysis("Another broker is using the data in %s.".formatted(broker.dataDir()),
					"Stop that broker (./lab down stops the lab's own), or give this one its own folder with --lab.kafka.data-dir.",
					failure);
		}
		if (root instanceof AccessDeniedException || root instanceof FileSystemException
				|| root instanceof UncheckedIOException) {
			return new FailureAnalysis(
					"The broker cannot keep its data in %s: %s".formatted(broker.dataDir(), root.getMessage()),
					"Make that folder writable, or name another with --lab.kafka.data-dir.", failure);
		}
		return new FailureAnalysis("The broker did not start: %s".formatted(root.getMessage()),
				"If its data in %s is damaged, ./lab reset removes it.".formatted(broker.dataDir()), failure);
	}

}
