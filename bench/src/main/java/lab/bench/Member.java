package lab.bench;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * A member of a consumer group, from its first poll until it leaves. It publishes what it
 * handles and what it is given as the product service does, so that one recorder reads
 * both kinds.
 */
interface Member {

	/**
	 * Joins the group, and returns when it polls.
	 * @param joining is told when it began to
	 */
	void join(MemberSettings settings, Consumer<Instant> joining) throws Exception;

	/**
	 * Leaves as a service that is told to stop, and returns when it has left.
	 */
	void leave() throws Exception;

}
