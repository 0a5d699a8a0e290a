package lab.console.board;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import lab.console.group.WatchedGroup;
import lab.console.process.Loopback;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses requests from other sites that are open in the same browser, because the page
 * can end processes.
 * <p>
 * A request that acts is accepted only where the lab itself is watched, at a loopback
 * address (not at a host name, which DNS rebinding could point at this machine), from the
 * page's own origin, and as JSON, which a browser sends to another origin only after a
 * preflight request.
 * <p>
 * Browsers do not let another origin read an answer. A request that names another origin
 * is refused all the same, unless a link to the page was followed. The lab's own board
 * may be read under any host name, because workspaces in the cloud forward ports under
 * names of their own, and its orders are invented. A board on another cluster, another
 * group, and the list of groups may show confidential names, and are read at a loopback
 * address only.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestGuard extends OncePerRequestFilter {

	private static final Pattern JSON = Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

	private static final Set<String> READING = Set.of("GET", "HEAD");

	private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

	private final WatchedGroup source;

	private final HandlerExceptionResolver problems;

	/**
	 * Whether everything that is shown is the lab's own.
	 */
	private final boolean ownNames;

	RequestGuard(WatchedGroup source, LabOptions options,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		this.source = source;
		this.ownNames = source.local() && !options.clusterIsNamed();
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		response.setHeader("Content-Security-Policy",
				"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("Referrer-Policy", "no-referrer");
		String refusal = READING.contains(request.getMethod()) ? refusalToRead(request) : refusalToAct(request);
		if (refusal == null) {
			chain.doFilter(request, response);
		}
		else {
			Messages messages = Messages.of(String.valueOf(request.getParameter("lang")));
			this.problems.resolveException(request, response, null, new ResponseStatusException(HttpStatus.FORBIDDEN,
					messages.get(refusal, this.source.group(), this.source.bootstrapServer())));
		}
	}

	private @Nullable String refusalToRead(HttpServletRequest request) {
		boolean link = "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
		boolean allowed = (isOwnSite(request) || link)
				&& (this.ownNames && !isOnOthers(request) || isLoopback(request));
		return allowed ? null : "request.foreign";
	}

	/**
	 * Whether it asks for the groups of the cluster, or for another one than the board's
	 * own.
	 */
	private boolean isOnOthers(HttpServletRequest request) {
		String group = request.getParameter("group");
		return request.getRequestURI().startsWith("/api/groups") || group != null && !group.equals(this.source.group());
	}

	private @Nullable String refusalToAct(HttpServletRequest request) {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		String type = request.getContentType();
		boolean ownPage = isLoopback(request) && isOwnSite(request)
				&& (origin == null || origin.equals("http://" + request.getHeader(HttpHeaders.HOST)))
				&& (type != null && JSON.matcher(type).matches());
		if (!ownPage) {
			return "request.foreign";
		}
		return this.source.local() ? null : "request.read-only";
	}

	private static boolean isLoopback(HttpServletRequest request) {
		return Loopback.isHost(request.getHeader(HttpHeaders.HOST));
	}

	private static boolean isOwnSite(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		return site == null || OWN_SITE.contains(site);
	}

}
