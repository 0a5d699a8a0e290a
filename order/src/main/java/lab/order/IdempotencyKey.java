package lab.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The client's name for one order, from the header {@code Idempotency-Key} of the IETF
 * draft <a href=
 * "https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/07/">
 * draft-ietf-httpapi-idempotency-key-header-07</a>. Requests with the same key ask for
 * the same order. Clients use a random UUID, because an order of somebody else with the
 * same key would be the same order, too.
 *
 * @param value the key without quotes and escapes, 1 to 255 printable ASCII characters
 */
record IdempotencyKey(String value) {

	static final String HEADER = "Idempotency-Key";

	/** The namespace of the orders' ids; another one would change all of them. */
	private static final UUID NAMESPACE = UUID.fromString("0e4e3a0c-6e3a-4d0f-9d0b-3b1f0c6d5a71");

	private static final int MAX_LENGTH = 255;

	/** Of the whole header: room for a key full of escapes, and for parameters. */
	private static final int MAX_HEADER_LENGTH = 1024;

	private static final String CHARACTERS = "(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*";

	/**
	 * A String of RFC 8941. It may have parameters, as any Item; the draft gives none a
	 * meaning, so their values are not looked at closely.
	 */
	private static final Pattern STRING = Pattern
		.compile(" *\"(%1$s)\"(?:; *[a-z*][a-z0-9_.*-]*(?:=(?:\"%1$s\"|[!#-+\\--:<-~]+))?)* *".formatted(CHARACTERS));

	/**
	 * Returns the key of a request, or null if it has none.
	 * @throws ResponseStatusException with 400 if the header is malformed, longer than
	 * allowed or there twice
	 */
	static @Nullable IdempotencyKey of(HttpHeaders headers) {
		List<String> values = headers.getOrEmpty(HEADER);
		if (values.isEmpty()) {
			return null;
		}
		String header = values.get(0);
		if (values.size() > 1 || header.length() > MAX_HEADER_LENGTH) {
			throw malformed();
		}
		Matcher string = STRING.matcher(header);
		if (!string.matches()) {
			throw malformed();
		}
		String value = string.group(1).replaceAll("\\\\(.)", "$1");
		if (value.isEmpty() || value.length() > MAX_LENGTH) {
			throw malformed();
		}
		return new IdempotencyKey(value);
	}

	/**
	 * Returns the id of the order with this key, always the same: a name-based UUID (RFC
	 * 9562, version 3) of the namespace and the key.
	 */
	UUID orderId() {
		byte[] name = this.value.getBytes(StandardCharsets.US_ASCII);
		return UUID.nameUUIDFromBytes(ByteBuffer.allocate(2 * Long.BYTES + name.length)
			.putLong(NAMESPACE.getMostSignificantBits())
			.putLong(NAMESPACE.getLeastSignificantBits())
			.put(name)
			.array());
	}

	private static ResponseStatusException malformed() {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST,
				("%s must be given once, as 1 to %d ASCII characters in double quotes, such as "
						+ "\"8e03978e-40d5-43e8-bc93-6894a57f9324\".")
					.formatted(HEADER, MAX_LENGTH));
	}

}
