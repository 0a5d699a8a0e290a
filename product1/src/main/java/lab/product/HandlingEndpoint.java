package lab.product;

import java.time.Duration;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;

/**
 * {@code GET} and {@code POST /actuator/handling}: how slow this instance is, and how
 * slow it is to be.
 */
@Slf4j
@Component
@WebEndpoint(id = "handling")
@RequiredArgsConstructor
class HandlingEndpoint {

	private static final int LONGEST = 60_000;

	private final ProductProperties names;

	private final HandlingTime handlingTime;

	@ReadOperation
	Description handling() {
		return new Description(this.names.instance(), this.handlingTime.get().toMillis());
	}

	/**
	 * @param handlingMs as text, which is how the actuator has it: what is no number is
	 * to be answered as clearly as one that is too large
	 */
	@WriteOperation
	WebEndpointResponse<?> handle(@Nullable String handlingMs) {
		if (handlingMs == null || !handlingMs.matches("[0-9]{1,5}") || Integer.parseInt(handlingMs) > LONGEST) {
			ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
					"handlingMs is the time that an order takes in milliseconds, from 0 to %d, such as {\"handlingMs\": 200}."
						.formatted(LONGEST));
			return new WebEndpointResponse<>(problem, WebEndpointResponse.STATUS_BAD_REQUEST,
					MimeTypeUtils.parseMimeType("application/problem+json"));
		}
		this.handlingTime.set(Duration.ofMillis(Integer.parseInt(handlingMs)));
		log.info("{} takes {} ms for an order from now on.", this.names.instance(), handlingMs);
		return new WebEndpointResponse<>(handling());
	}

	/**
	 * @param handlingMs how long an order takes on top, in milliseconds
	 */
	record Description(String instance, long handlingMs) {
	}

}
