package lab.order;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Rejects a body of more than 64 KiB before it is parsed. Tomcat has a limit for forms
 * only. Jackson's {@code max-document-length} counts characters, and any other fault that
 * it finds before the limit is reported instead.
 */
@RestControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {

	private static final int MAX_BYTES = 64 * 1024;

	@Override
	public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
		return true;
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage request, MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converter) throws IOException {
		HttpHeaders headers = request.getHeaders();
		byte[] body = (headers.getContentLength() > MAX_BYTES) ? null : request.getBody().readNBytes(MAX_BYTES + 1);
		if (body == null || body.length > MAX_BYTES) {
			throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "The body may have at most 64 KiB.");
		}
		return new Body(headers, new ByteArrayInputStream(body));
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
