package lab.console.compare.run;

import lab.console.terminal.LabException;

/**
 * A run came to nothing; the next one need not.
 */
class VoidRunException extends LabException {

	private static final long serialVersionUID = 1L;

	VoidRunException(String sentence) {
		super(sentence);
	}

}
