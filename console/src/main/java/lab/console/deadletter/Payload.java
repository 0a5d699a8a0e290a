package lab.console.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.terminal.ControlCharacters;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;

/**
 * A key, a value or a header of a record.
 *
 * @param bytes its length
 * @param text null where it is not UTF-8, or has control characters other than tabs, line
 * ends and escapes
 * @param hex its bytes, where there is no text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Payload(int bytes, @Nullable String text, @Nullable String hex) {

	/**
	 * The most characters that are shown to a person.
	 */
	private static final int MAX_LENGTH = 2000;

	private static final Pattern BINARY = Pattern.compile("[\\p{Cntrl}&&[^\t\r\n\033]]");

	/**
	 * @param bytes null, as the value of a record may be, gives null
	 */
	static @Nullable Payload of(byte @Nullable [] bytes) {
		if (bytes == null) {
			return null;
		}
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			if (!BINARY.matcher(text).find()) {
				return new Payload(bytes.length, text, null);
			}
		}
		catch (CharacterCodingException ex) {
			// not text
		}
		return new Payload(bytes.length, null, HexFormat.of().formatHex(bytes));
	}

	/**
	 * What a person is shown: the text, or the bytes in hex, cut where it is long. No
	 * line has a control character.
	 */
	static List<String> lines(@Nullable Payload payload, Messages messages) {
		if (payload == null || payload.bytes == 0) {
			return List.of(messages.get((payload == null) ? "dlt.show.null" : "dlt.show.empty"));
		}
		String all = (payload.text != null) ? payload.text : "0x" + payload.hex;
		boolean cut = all.length() > MAX_LENGTH;
		List<String> lines = new ArrayList<>(
				(cut ? all.substring(0, MAX_LENGTH) + "…" : all).lines().map(ControlCharacters::visible).toList());
		if (cut || payload.text == null) {
			lines.add(messages.get(cut ? "dlt.show.cut" : "dlt.show.bytes", payload.bytes, MAX_LENGTH));
		}
		return lines;
	}

}
