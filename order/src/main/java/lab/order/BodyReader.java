package lab.order;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.springframework.http.HttpHeaders;

/**
 * Receives the body of a request before a thread handles it. Tomcat reads a body in the
 * thread that handles the request, so that as many slow clients as there are threads
 * would keep everybody else out.
 * <p>
 * The connection of a client that takes longer than the time limit is closed without an
 * answer. So is, by Tomcat, one on which nothing arrives for
 * {@code server.tomcat.connection-timeout}.
 */
@Slf4j
@RequiredArgsConstructor
class BodyReader implements Filter {

	private final Duration timeout;

	/** Of a longer body only so much is received; whoever parses it rejects it. */
	private final int maxBytes;

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (hasArrived((HttpServletRequest) request)) {
			chain.doFilter(request, response);
			return;
		}
		ReceivedBody body = new ReceivedBody((HttpServletRequest) request);
		AsyncContext async = request.startAsync(body, response);
		async.setTimeout(0);
		ServletInputStream input = request.getInputStream();
		input.setReadListener(new Receiver(input, body, async, System.nanoTime()));
	}

	/**
	 * Whether no byte of the body is missing: most bodies arrive together with their
	 * headers.
	 */
	private static boolean hasArrived(HttpServletRequest request) throws IOException {
		return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null
				&& request.getInputStream().available() >= request.getContentLengthLong();
	}

	/**
	 * Called by Tomcat whenever bytes have arrived, by one thread at a time.
	 */
	@RequiredArgsConstructor
	private final class Receiver implements ReadListener {

		private final ServletInputStream input;

		private final ReceivedBody body;

		private final AsyncContext async;

		private final long start;

		private final byte[] buffer = new byte[4096];

		private boolean complete;

		@Override
		public void onDataAvailable() throws IOException {
			while (!this.complete && this.input.isReady()) {
				int read = this.input.read(this.buffer);
				if (read < 0) {
					return;
				}
				this.body.received.write(this.buffer, 0, read);
				if (this.body.received.size() > BodyReader.this.maxBytes) {
					handle();
				}
				else if (System.nanoTime() - this.start > BodyReader.this.timeout.toNanos()) {
					throw new IOException("The body did not arrive within " + BodyReader.this.timeout);
				}
			}
		}

		@Override
		public void onAllDataRead() {
			if (!this.complete) {
				handle();
			}
		}

		@Override
		public void onError(Throwable failure) {
			log.debug("A body was not received", failure);
			if (!this.complete) {
				this.complete = true;
				this.async.complete();
			}
		}

		private void handle() {
			this.complete = true;
			this.async.dispatch();
		}

	}

	/**
	 * The request with the body that was received.
	 */
	private static final class ReceivedBody extends HttpServletRequestWrapper {

		private final ByteArrayOutputStream received = new ByteArrayOutputStream();

		private ReceivedBody(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() {
			ByteArrayInputStream body = new ByteArrayInputStream(this.received.toByteArray());
			return new ServletInputStream() {

				@Override
				public int read() {
					return body.read();
				}

				@Override
				public int read(byte[] bytes, int offset, int length) {
					return body.read(bytes, offset, length);
				}

				@Override
				public boolean isFinished() {
					return body.available() == 0;
				}

				@Override
				public boolean isReady() {
					return true;
				}

				@Override
				public void setReadListener(ReadListener listener) {
					throw new UnsupportedOperationException("The body has been received");
				}

			};
		}

	}

}
