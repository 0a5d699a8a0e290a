package lab.order;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.time.Duration;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Rejects a body of more than 64 KiB before it is parsed, and one that is not there after
 * 3 seconds. Tomcat has a limit for forms only, and its timeout begins again with each
 * byte. Jackson's {@code max-document-length} counts characters, and any other fault that
 * it finds before the limit is reported instead.
 */
@RestControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {

	private static final int MAX_BYTES = 64 * 1024;

	private static final int BUFFER_BYTES = 8 * 1024;

	private static final Duration MAX_TIME = Duration.ofSeconds(3);

	@Override
	public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
		return true;
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage request, MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converter) throws IOException {
		HttpHeaders headers = request.getHeaders();
		if (headers.getContentLength() > MAX_BYTES) {
			throw tooLarge();
		}
		return new Body(headers, new ByteArrayInputStream(read(request.getBody())));
	}

	private static byte[] read(InputStream body) throws IOException {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		long start = System.nanoTime();
		byte[] buffer = new byte[BUFFER_BYTES];
		for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
			read.write(buffer, 0, length);
			if (read.size() > MAX_BYTES) {
				throw tooLarge();
			}
			if (System.nanoTime() - start > MAX_TIME.toNanos()) {
				throw new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT,
						"The body was not sent within %d seconds.".formatted(MAX_TIME.toSeconds()));
			}
		}
		return read.toByteArray();
	}

	private static ResponseStatusException tooLarge() {
		return new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "The body may have at most 64 KiB.");
	}

	private record Body(HttpHeaders headers, InputStream body) implements HttpInputMessage {

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public InputStream getBody() {
			return this.body;
		}

	}

}
