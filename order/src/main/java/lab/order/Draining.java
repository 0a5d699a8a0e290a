package lab.order;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import lombok.RequiredArgsConstructor;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Goes on taking orders for {@code lab.order.drain} when this service is told to end.
 * Then the graceful shutdown of Spring Boot waits for those in progress. It alone would
 * drop what the clients have sent already and Tomcat has not read yet: connections that
 * wait to be accepted, and requests on connections that are kept alive.
 * <p>
 * Meanwhile each answer closes its connection, so that its client opens the next one
 * elsewhere.
 */
@Component
@RequiredArgsConstructor
class Draining extends OncePerRequestFilter implements SmartLifecycle {

	private final OrderProperties properties;

	private volatile boolean running;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.running) {
			response.setHeader(HttpHeaders.CONNECTION, "close");
		}
		chain.doFilter(request, response);
	}

	@Override
	public void start() {
		this.running = true;
	}

	/**
	 * Stops before all else, as its phase is the default one, which is the last.
	 */
	@Override
	public void stop() {
		this.running = false;
		try {
			TimeUnit.MILLISECONDS.sleep(this.properties.drain().toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
