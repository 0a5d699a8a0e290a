package lab.console.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One of the lab's own processes.
 *
 * @param handlingMs how long handling an order takes on top, where it says
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstanceState(int port, State state, @Nullable Integer handlingMs) {

	/**
	 * {@code ELSEWHERE}: something answers on its port that the lab did not start.
	 */
	public enum State {

		RUNNING, PAUSED, STOPPED, ELSEWHERE

	}

}
