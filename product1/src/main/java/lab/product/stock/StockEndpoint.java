package lab.product.stock;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;

/**
 * {@code GET /actuator/stock}: what is left, and how many orders were counted by all
 * instances together; 503 while the database is away.
 */
@Component
@Profile("stock")
@WebEndpoint(id = "stock")
@RequiredArgsConstructor
class StockEndpoint {

	private final Stock stock;

	@ReadOperation
	WebEndpointResponse<?> stock() {
		try {
			return new WebEndpointResponse<>(this.stock.level());
		}
		catch (DataAccessException ex) {
			ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
					"The stock's database cannot be used: " + Stock.reason(ex));
			return new WebEndpointResponse<>(problem, WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
					MimeTypeUtils.parseMimeType("application/problem+json"));
		}
	}

}
