package lab.console.chaos.fault;

import java.util.Map;

/**
 * The brokers that a fault needs.
 *
 * @param settings of Kafka's server that differ from the lab's
 */
public record BrokerSetup(Topology topology, Map<String, String> settings) {

	static final BrokerSetup USUAL = new BrokerSetup(Topology.ONE, Map.of());

	/**
	 * How many brokers there are, and what is between them and the rest.
	 */
	public enum Topology {

		/**
		 * One broker.
		 */
		ONE,

		/**
		 * One broker that keeps its data on a small disk.
		 */
		SMALL_DISK,

		/**
		 * One broker, and a proxy between it and the services.
		 */
		PROXY,

		/**
		 * A cluster of three brokers, with three replicas of each record.
		 */
		THREE

	}

}
