package lab.console.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import com.samskivert.mustache.Mustache;

import org.springframework.web.util.HtmlUtils;

/**
 * Fills Mustache templates. Values are escaped, except those that a template has in three
 * braces.
 */
public final class Templates {

	private Templates() {
	}

	/**
	 * Fills the template.
	 * @param user the class that uses it, in whose package the template is
	 * @param values a record, whose components the template names
	 */
	public static String fill(Class<?> user, String name, Object values) {
		try (InputStream file = Objects.requireNonNull(user.getResourceAsStream(name), name);
				Reader template = new InputStreamReader(file, StandardCharsets.UTF_8)) {
			return Mustache.compiler()
				.withEscaper(Templates::escape)
				.emptyStringIsFalse(true)
				.compile(template)
				.execute(values);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The text as HTML and SVG have it.
	 */
	public static String escape(String text) {
		return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
	}

}
