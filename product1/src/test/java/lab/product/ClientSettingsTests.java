package lab.product;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class ClientSettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					spring.kafka.bootstrap-servers=no.such.host.invalid:9092      | No resolvable bootstrap urls
					spring.kafka.consumer.properties[session.timeout.ms]=1000     | session.timeout.ms cannot be set when group.protocol=CONSUMER
					""")
	void settingsThatKafkaRefusesAreSaidInASentence(String setting, String sentence, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> new SpringApplicationBuilder(ProductApplication.class).run("--server.port=0", "--" + setting));
		assertThat(output).contains("Kafka's client refuses its settings: " + sentence).doesNotContain("\tat ");
	}

}
