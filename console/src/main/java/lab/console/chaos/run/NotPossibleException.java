package lab.console.chaos.run;

import lab.console.terminal.LabException;

/**
 * A fault cannot be caused on this machine.
 */
public class NotPossibleException extends LabException {

	NotPossibleException(String message) {
		super(message);
	}

}
