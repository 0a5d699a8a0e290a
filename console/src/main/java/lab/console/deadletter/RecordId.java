package lab.console.deadletter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonValue;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a record is in its topic, written as {@code partition-offset}.
 */
public record RecordId(int partition, long offset) {

	private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

	/**
	 * Parses what a person types.
	 */
	static final class Converter implements ITypeConverter<RecordId> {

		@Override
		public RecordId convert(String value) {
			return parse(value).orElseThrow(
					() -> new TypeConversionException("'%s' is not PARTITION-OFFSET, such as 0-12".formatted(value)));
		}

	}

	/**
	 * Empty where the text is not {@code partition-offset}.
	 */
	static Optional<RecordId> parse(String text) {
		Matcher parts = WRITTEN.matcher(text);
		return parts.matches()
				? Optional.of(new RecordId(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
				: Optional.empty();
	}

	@Override
	@JsonValue
	public String toString() {
		return this.partition + "-" + this.offset;
	}

}
