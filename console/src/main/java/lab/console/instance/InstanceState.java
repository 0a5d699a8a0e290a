package lab.console.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance.
 *
 * @param handlingMs the delay of each order in milliseconds, or {@code null} if it is not
 * known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstanceState(int port, State state, @Nullable Integer handlingMs) {

	/**
	 * {@code ELSEWHERE}: something that the lab did not start listens on its port.
	 */
	public enum State {

		RUNNING, PAUSED, STOPPED, ELSEWHERE

	}

}
