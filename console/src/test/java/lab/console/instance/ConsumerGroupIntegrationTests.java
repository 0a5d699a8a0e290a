package lab.console.instance;

import java.util.List;
import java.util.Map;

import lab.console.terminal.LabHome;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;

/**
 * The scenarios on Kafka's own server in a JVM, which {@code lab up} starts by default.
 */
class ConsumerGroupIntegrationTests extends ConsumerGroupScenarios {

	@Override
	BrokerUnderTest startBroker() throws Exception {
		LabHome home = TestLab.home(getClass().getSimpleName() + "/broker");
		Instances instances = new Instances(home, Messages.in(Language.EN));
		int port = TestLab.freePort();
		Instance kafka = Instance.KAFKA.with(port, List.of("--lab.kafka.port=" + port,
				"--lab.kafka.controller-port=" + TestLab.freePort(), "--lab.kafka.metrics-port="));
		instances.awaitReady(kafka, instances.start(kafka, Map.of()));
		return new BrokerUnderTest() {

			@Override
			public String bootstrapServers() {
				return "localhost:" + port;
			}

			@Override
			public void restart() throws InterruptedException {
				instances.stop(kafka);
				instances.awaitReady(kafka, instances.start(kafka, Map.of()));
			}

			@Override
			public void close() throws InterruptedException {
				instances.stop(kafka);
			}

		};
	}

}
