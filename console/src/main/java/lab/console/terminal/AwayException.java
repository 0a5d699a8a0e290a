package lab.console.terminal;

/**
 * Something that the command needs does not answer; the command may succeed later.
 */
public class AwayException extends LabException {

	public AwayException(String sentence) {
		super(sentence);
	}

	public AwayException(String sentence, Throwable cause) {
		super(sentence, cause);
	}

}
