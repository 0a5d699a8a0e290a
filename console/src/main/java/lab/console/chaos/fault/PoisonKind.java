package lab.console.chaos.fault;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import lab.console.terminal.EnumOption;

/**
 * Records that are no orders, each in another way.
 */
public enum PoisonKind {

	TOMBSTONE((byte[]) null),

	EMPTY(""),

	BLANK(" \t\n"),

	TEXT("hello"),

	XML("<order/>"),

	TRUNCATED("{\"id\":"),

	OPEN_STRING("{\"id\":\"0e4e3a0c"),

	SINGLE_QUOTES("{'message':'hello'}"),

	COMMENT("/* hello */ {}"),

	TRAILING_COMMA("{\"message\":\"hello\",}"),

	CONTROL_CHARACTER("{\"message\":\"\u0001\"}"),

	NOT_A_NUMBER("NaN"),

	NULL("null"),

	TRUE("true"),

	NUMBER("42"),

	STRING("\"hello\""),

	ARRAY("[]"),

	NO_FIELDS("{}"),

	NO_ID("{\"message\":\"hello\",\"placedAt\":\"2026-11-27T09:00:00Z\"}"),

	NO_MESSAGE("{\"id\":\"0e4e3a0c-6e3a-4d0f-9d0b-3b1f0c6d5a71\",\"placedAt\":\"2026-11-27T09:00:00Z\"}"),

	NO_TIME("{\"id\":\"0e4e3a0c-6e3a-4d0f-9d0b-3b1f0c6d5a71\",\"message\":\"hello\"}"),

	NULL_ID(order("null", "\"hello\"", "\"2026-11-27T09:00:00Z\"")),

	ID_IS_NO_UUID(order("\"1\"", "\"hello\"", "\"2026-11-27T09:00:00Z\"")),

	ID_IS_AN_OBJECT(order("{}", "\"hello\"", "\"2026-11-27T09:00:00Z\"")),

	MESSAGE_IS_AN_OBJECT(order("\"0e4e3a0c-6e3a-4d0f-9d0b-3b1f0c6d5a71\"", "{}", "\"2026-11-27T09:00:00Z\"")),

	TIME_IS_NO_TIME(order("\"0e4e3a0c-6e3a-4d0f-9d0b-3b1f0c6d5a71\"", "\"hello\"", "\"tomorrow\"")),

	TIME_OUT_OF_RANGE(
			order("\"0e4e3a0c-6e3a-4d0f-9d0b-3b1f0c6d5a71\"", "\"hello\"", "\"+1000000001-01-01T00:00:00Z\"")),

	HUGE_NUMBER(order("\"0e4e3a0c-6e3a-4d0f-9d0b-3b1f0c6d5a71\"", "\"hello\"", "9".repeat(2000))),

	/**
	 * The last one counts.
	 */
	DUPLICATE_FIELD("{\"id\":\"0e4e3a0c-6e3a-4d0f-9d0b-3b1f0c6d5a71\",\"id\":null,\"message\":\"hello\"}"),

	DEEP("[".repeat(2000)),

	INVALID_UTF_8(bytes(0x7b, 0x22, 0xc3, 0x28, 0x22)),

	BYTE_ORDER_MARK(bytes(0xef, 0xbb, 0xbf)),

	GZIP(bytes(0x1f, 0x8b, 0x08, 0x00)),

	JAVA_OBJECT(bytes(0xac, 0xed, 0x00, 0x05)),

	LARGE("x".repeat(1_000_000)),

	LARGE_HEADER("hello");

	private static final int HEADER_LENGTH = 100_000;

	private final byte @Nullable [] value;

	PoisonKind(String value) {
		this(value.getBytes(StandardCharsets.UTF_8));
	}

	PoisonKind(byte @Nullable [] value) {
		this.value = value;
	}

	/**
	 * The record's value; null for a tombstone.
	 */
	public byte @Nullable [] value() {
		return this.value;
	}

	/**
	 * The value of a header that the record has.
	 */
	public byte[] header() {
		return new byte[(this == LARGE_HEADER) ? HEADER_LENGTH : 1];
	}

	public String code() {
		return EnumOption.name(this);
	}

	private static String order(String id, String message, String placedAt) {
		return "{\"id\":%s,\"message\":%s,\"placedAt\":%s}".formatted(id, message, placedAt);
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

}
