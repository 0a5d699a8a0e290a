package lab.console.deadletter;

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
			Matcher parts = WRITTEN.matcher(value);
			if (!parts.matches()) {
				throw new TypeConversionException("'%s' is not PARTITION-OFFSET, such as 0-12".formatted(value));
			}
			return new RecordId(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
		}

	}

	@Override
	@JsonValue
	public String toString() {
		return this.partition + "-" + this.offset;
	}

}
