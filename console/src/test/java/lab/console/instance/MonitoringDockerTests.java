package lab.console.instance;

import java.nio.file.Path;

import lab.console.fault.TestLab;
import lab.console.process.LabHome;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.junit.jupiter.Testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compose takes the file of {@code kafka/monitoring}; the images themselves are not
 * pulled here.
 */
@Testcontainers(disabledWithoutDocker = true)
class MonitoringDockerTests {

	@TempDir
	private Path state;

	@ParameterizedTest
	@CsvSource({ "monitoring,grafana", "monitoring,prometheus", "ui,kafka-ui" })
	void everyProfileHasItsServices(String profile, String service) throws Exception {
		ComposeBroker compose = new ComposeBroker(new LabHome(TestLab.ROOT, this.state), Messages.in(Language.EN));
		assertThat(compose.run("monitoring/docker-compose.yml", "--profile", profile, "config", "--services").lines())
			.contains(service);
		assertThat(compose.run("monitoring/docker-compose.yml", "--profile", profile, "config"))
			.contains("network_mode: host")
			.contains("image: ");
	}

}
