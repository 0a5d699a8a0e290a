package lab.console.process;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells a request that was sent to this machine by its address from one that was led here
 * by a host name, as by DNS rebinding.
 */
public final class Loopback {

	private static final Pattern HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?",
			Pattern.CASE_INSENSITIVE);

	private Loopback() {
	}

	/**
	 * Whether a request's header {@code Host} names a loopback address.
	 * @param host null if the request has none
	 */
	public static boolean isHost(@Nullable String host) {
		return host != null && HOST.matcher(host).matches();
	}

}
