package lab.console.terminal;

/**
 * An option has a value that is not allowed; the command ends with status 2, as it does
 * after any other mistake in the command line.
 */
public class OptionException extends LabException {

	public OptionException(String sentence) {
		super(sentence);
	}

}
