package lab.product;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * Makes text from outside fit for the log: one line of at most 200 characters, without
 * control characters.
 */
public final class Text {

	private static final int LONGEST = 200;

	private Text() {
	}

	public static String rootOf(@Nullable Throwable ex) {
		return (ex != null) ? line(NestedExceptionUtils.getMostSpecificCause(ex).toString()) : "no cause is known";
	}

	static String line(byte[] text) {
		return line(new String(text, StandardCharsets.UTF_8));
	}

	static String line(String text) {
		String start = (text.length() > LONGEST) ? text.substring(0, LONGEST) + "…" : text;
		return start.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
	}

}
