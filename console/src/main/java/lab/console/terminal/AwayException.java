package lab.console.terminal;

import org.jspecify.annotations.Nullable;

/**
 * Something that the command needs does not answer; the command may succeed later.
 */
public class AwayException extends LabException {

	private final @Nullable String reason;

	public AwayException(String sentence) {
		super(sentence);
		this.reason = null;
	}

	public AwayException(String sentence, Throwable cause) {
		this(sentence, cause, null);
	}

	/**
	 * @param reason why it does not answer, as it says itself; null where it does not say
	 */
	public AwayException(String sentence, Throwable cause, @Nullable String reason) {
		super(sentence, cause);
		this.reason = reason;
	}

	/**
	 * Why it does not answer, as it says itself; null where it does not say.
	 */
	public @Nullable String reason() {
		return this.reason;
	}

}
