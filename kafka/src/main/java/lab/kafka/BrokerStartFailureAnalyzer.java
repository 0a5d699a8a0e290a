package lab.kafka;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Lets Spring Boot print why the broker did not start and what to do, instead of a stack
 * trace.
 */
class BrokerStartFailureAnalyzer extends AbstractFailureAnalyzer<BrokerStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable failure, BrokerStartException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.getRemedy(), failure);
	}

}
