package lab.console.instance;

import java.util.Locale;

import lab.console.group.PossibleCause;
import lombok.RequiredArgsConstructor;

/**
 * What can be done to an instance, from the terminal and from the page.
 */
@RequiredArgsConstructor
public enum Action {

	START("started", PossibleCause.Kind.STARTED), STOP("stopped", PossibleCause.Kind.STOPPED),
	KILL("killed", PossibleCause.Kind.DIED), PAUSE("paused", PossibleCause.Kind.PAUSED),
	RESUME("resumed", PossibleCause.Kind.RESUMED);

	private final String done;

	private final PossibleCause.Kind cause;

	/**
	 * The action's name on the command line and in the page's requests.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * What it is in the history of the group.
	 */
	PossibleCause.Kind cause() {
		return this.cause;
	}

	/**
	 * The instance's state after the action, as in the JSON of a result.
	 */
	String done() {
		return this.done;
	}

}
