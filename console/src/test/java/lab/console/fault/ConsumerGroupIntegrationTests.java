package lab.console.fault;

/**
 * The scenarios on Kafka's own server in a JVM, which {@code lab up} starts by default.
 */
class ConsumerGroupIntegrationTests extends ConsumerGroupScenarios {

	@Override
	BrokerUnderTest startBroker() throws Exception {
		return BrokerProcess.start("ConsumerGroupIntegrationTests/broker");
	}

}
