package lab.product.stock;

import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;

/**
 * Explains in one sentence, instead of a stack trace, that the database of the stock
 * cannot be used at the start.
 */
@RequiredArgsConstructor
class StockDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<DataAccessException> {

	private final Environment environment;

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable failure, DataAccessException cause) {
		return new FailureAnalysis(
				"The stock's database at %s cannot be used: %s"
					.formatted(this.environment.getProperty("spring.datasource.url"), Stock.reason(cause)),
				"Start the database, correct SPRING_DATASOURCE_URL, or start without the profile stock.", failure);
	}

}
