package lab.console.classroom;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what is larger than a report, or does not say how large it is, before any of it
 * is read: the word is inside.
 */
@Component
class SmallRequests extends OncePerRequestFilter {

	/**
	 * In bytes. A report with all steps of the longest lesson is a few hundred.
	 */
	static final int LIMIT = 8 * 1024;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long length = request.getContentLengthLong();
		if (length > LIMIT || length < 0 && HttpMethod.POST.matches(request.getMethod())) {
			response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
