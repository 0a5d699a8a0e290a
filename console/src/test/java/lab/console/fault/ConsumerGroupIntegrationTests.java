package lab.console.fault;

import java.util.Map;

import lab.console.instance.OwnBroker;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;

/**
 * The scenarios on Kafka's own server in a JVM, which {@code lab up} starts by default.
 */
class ConsumerGroupIntegrationTests extends ConsumerGroupScenarios {

	@Override
	BrokerUnderTest startBroker() throws Exception {
		OwnBroker broker = OwnBroker.start(TestLab.home(getClass().getSimpleName() + "/broker"), Map.of(),
				Messages.in(Language.EN));
		return new BrokerUnderTest() {

			@Override
			public String bootstrapServers() {
				return broker.bootstrapServers();
			}

			@Override
			public void restart() throws InterruptedException {
				broker.restart();
			}

			@Override
			public void close() throws InterruptedException {
				broker.close();
			}

		};
	}

}
