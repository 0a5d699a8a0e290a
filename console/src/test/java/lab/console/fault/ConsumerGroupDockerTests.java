package lab.console.fault;

import java.nio.file.Path;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scenarios on the image that docker-compose.yml names, with the same settings.
 */
@Testcontainers(disabledWithoutDocker = true)
@ResourceLock(LabProcess.NETWORK)
class ConsumerGroupDockerTests extends ConsumerGroupScenarios {

	private static final int KAFKA_PORT = 9092;

	@Override
	BrokerUnderTest startBroker() throws Exception {
		int port = TestLab.freePort();
		Path settings = TestLab.ROOT.resolve("kafka/config/server.properties");
		KafkaContainer container = new KafkaContainer(
				DockerImageName.parse("apache/kafka:" + System.getProperty("kafka.version")))
			.withCopyFileToContainer(MountableFile.forHostPath(settings), "/mnt/shared/config/server.properties")
			// a port that stays the same across a restart, which a random one does not
			.withCreateContainerCmdModifier((command) -> command.getHostConfig()
				.withPortBindings(
						new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), new ExposedPort(KAFKA_PORT))));
		container.start();
		return new BrokerUnderTest() {

			@Override
			public String bootstrapServers() {
				return "localhost:" + port;
			}

			@Override
			public void restart() throws Exception {
				// the container's first process is a shell, which would not pass a stop
				// on to the broker
				assertThat(container.execInContainer("sh", "-c", "kill $(pidof java)").getExitCode()).isZero();
				DockerClient docker = container.getDockerClient();
				String id = container.getContainerId();
				TestLab.await("the broker has ended",
						() -> assertThat(docker.inspectContainerCmd(id).exec().getState().getRunning()).isFalse());
				docker.startContainerCmd(id).exec();
			}

			@Override
			public void close() {
				container.stop();
			}

		};
	}

}
