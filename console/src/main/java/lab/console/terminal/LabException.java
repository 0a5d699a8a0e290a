package lab.console.terminal;

/**
 * An error that the user can correct. The message is one sentence in the user's language
 * that says what is wrong and what to do; the command ends with status 1, or 2 if it is
 * an {@link OptionException}.
 */
public class LabException extends RuntimeException {

	public LabException(String sentence) {
		super(sentence);
	}

	public LabException(String sentence, Throwable cause) {
		super(sentence, cause);
	}

}
