package lab.bench;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * A member of a consumer group. It publishes the records that it handles and the changes
 * of its assignment in the same form as the product service, so that both kinds of member
 * are recorded alike.
 */
interface Member {

	/**
	 * Starts to join the group. Does not wait for an assignment.
	 * @param joining is called with the time at which joining began
	 */
	void join(MemberSettings settings, Consumer<Instant> joining) throws Exception;

	/**
	 * Leaves the group, as a service does on shutdown. Does nothing if it has not joined.
	 */
	void leave() throws Exception;

}
