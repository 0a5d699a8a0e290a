package lab.console.compare.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import com.samskivert.mustache.Mustache;

/**
 * Fills the Mustache templates of this package. Values are escaped, except those that a
 * template has in three braces.
 */
final class Templates {

	private Templates() {
	}

	static String fill(String name, Object values) {
		try (InputStream file = Objects.requireNonNull(Templates.class.getResourceAsStream(name), name);
				Reader template = new InputStreamReader(file, StandardCharsets.UTF_8)) {
			return Mustache.compiler()
				.withEscaper(SvgPlots::escape)
				.emptyStringIsFalse(true)
				.compile(template)
				.execute(values);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
