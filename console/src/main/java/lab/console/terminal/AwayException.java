package lab.console.terminal;

/**
 * What is needed does not answer at the moment: the same may well succeed later.
 */
public class AwayException extends LabException {

	public AwayException(String sentence) {
		super(sentence);
	}

	public AwayException(String sentence, Throwable cause) {
		super(sentence, cause);
	}

}
