package lab.console.compare.run;

import lab.console.terminal.LabException;

/**
 * Thrown when a run cannot be completed. The comparison goes on with the next one.
 */
class VoidRunException extends LabException {

	private static final long serialVersionUID = 1L;

	VoidRunException(String sentence) {
		super(sentence);
	}

}
