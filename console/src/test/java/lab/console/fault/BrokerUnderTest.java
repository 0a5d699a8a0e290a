package lab.console.fault;

/**
 * A real broker that a scenario may restart.
 */
interface BrokerUnderTest extends AutoCloseable {

	String bootstrapServers();

	/**
	 * Stops the broker cleanly and starts it again, on the same port and with its data.
	 */
	void restart() throws Exception;

}
