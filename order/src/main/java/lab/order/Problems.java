package lab.order;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers invalid requests with problem details (RFC 9457). They name the invalid field
 * but never repeat its value.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

	private static final String EXAMPLE = "{\"message\": \"1st-Order\"}";

	private static final int MAX_NAME_LENGTH = 40;

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		List<InvalidField> errors = ex.getFieldErrors()
			.stream()
			.map((error) -> new InvalidField(error.getField(), String.valueOf(error.getDefaultMessage())))
			.sorted(Comparator.comparing(InvalidField::field).thenComparing(InvalidField::detail))
			.toList();
		return handleExceptionInternal(ex, problem(status, errors), headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !encoding.equals("identity")) {
			HttpStatus unsupported = HttpStatus.UNSUPPORTED_MEDIA_TYPE;
			HttpHeaders answer = new HttpHeaders();
			answer.set(HttpHeaders.ACCEPT_ENCODING, "identity");
			return handleExceptionInternal(ex,
					ProblemDetail.forStatusAndDetail(unsupported, "The body must not have a Content-Encoding."), answer,
					unsupported, request);
		}
		return handleExceptionInternal(ex, unreadable(ex.getCause(), status), headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(HttpMediaTypeNotSupportedException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ex.getBody().setDetail("The body must be JSON, and Content-Type must say so: application/json.");
		return super.handleHttpMediaTypeNotSupported(ex, headers, status, request);
	}

	private static ProblemDetail unreadable(@Nullable Throwable cause, HttpStatusCode status) {
		if (cause instanceof StreamReadException ex) {
			TokenStreamLocation at = ex.getLocation();
			return ProblemDetail.forStatusAndDetail(status,
					"The body is not JSON, or has a field twice (line %d, column %d).".formatted(at.getLineNr(),
							at.getColumnNr()));
		}
		if (cause instanceof UnrecognizedPropertyException ex) {
			return problem(status, List.of(new InvalidField(shortened(ex.getPropertyName()),
					"is not a field of an order; message and customerId are")));
		}
		if (cause instanceof DatabindException ex && !ex.getPath().isEmpty()) {
			String field = ex.getPath().get(0).getPropertyName();
			return problem(status, List.of(new InvalidField(field, "must be a string")));
		}
		if (cause instanceof StreamConstraintsException) {
			return ProblemDetail.forStatusAndDetail(status,
					"The body has a number or a name that is too long for an order, or is nested too deep.");
		}
		if (cause instanceof MismatchedInputException ex && ex.getOriginalMessage().startsWith("Trailing token")) {
			return ProblemDetail.forStatusAndDetail(status, "The body must be one JSON object, with nothing after it.");
		}
		return ProblemDetail.forStatusAndDetail(status, "The body must be a JSON object such as " + EXAMPLE + ".");
	}

	private static String shortened(String name) {
		return (name.length() > MAX_NAME_LENGTH) ? name.substring(0, MAX_NAME_LENGTH) + "..." : name;
	}

	private static ProblemDetail problem(HttpStatusCode status, List<InvalidField> errors) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status,
				errors.stream().map((error) -> error.field() + " " + error.detail()).collect(Collectors.joining("; "))
						+ ".");
		problem.setProperty("errors", errors);
		return problem;
	}

	/**
	 * An entry of the problem detail's {@code errors}, for programs.
	 *
	 * @param field the name of the invalid field
	 * @param detail what is wrong with it
	 */
	record InvalidField(String field, String detail) {
	}

}
