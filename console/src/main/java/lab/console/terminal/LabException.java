package lab.console.terminal;

/**
 * Something that the person at the terminal can put right: its message is one sentence in
 * their language that says what is wrong and what to do, and the command ends with status
 * 1.
 */
public class LabException extends RuntimeException {

	public LabException(String sentence) {
		super(sentence);
	}

	public LabException(String sentence, Throwable cause) {
		super(sentence, cause);
	}

}
