package lab.console.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Properties;

import lab.console.fault.TestLab;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionChecksTests {

	@ParameterizedTest
	@EnumSource
	void aPortOnWhichNobodyListensIsAConnectionRefused(Language language) throws IOException {
		String server = "localhost:" + TestLab.freePort();
		Finding check = check(language, server, true);
		assertThat(check.diagnosis()).isEqualTo("refused");
		assertThat(check.required()).isTrue();
		assertThat(check.seen()).contains(server).contains("connection refused");
		assertThat(check.remedy()).contains("./lab up");
	}

	@Test
	void aLabThatIsNotStartedYetIsAHint() throws IOException {
		Finding check = check(Language.EN, "localhost:" + TestLab.freePort(), false);
		assertThat(check.ok()).isFalse();
		assertThat(check.required()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void somethingElseThatListensIsNotKafka(Language language) throws IOException {
		try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Finding check = check(language, "localhost:" + other.getLocalPort(), false);
			assertThat(check.diagnosis()).isEqualTo("not-kafka");
			assertThat(check.required()).isTrue();
			assertThat(check.seen()).contains("not Kafka");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aNameOfNoMachineIsAnUnknownHost(Language language) {
		assertThat(check(language, "kafka.invalid:9092", true).seen()).contains("unknown host");
	}

	@Test
	void whatIsNoAddressIsSaidToBeNone() {
		assertThat(check(Language.EN, "localhost", true).diagnosis()).isEqualTo("malformed");
	}

	@Test
	void eachServerThatDoesNotAnswerHasItsOwnLine() throws IOException {
		assertThat(checks(Language.EN, "kafka.invalid:9092,localhost:" + TestLab.freePort(), true))
			.extracting(Finding::diagnosis)
			.containsExactly("unknown-host", "refused");
	}

	private static Finding check(Language language, String server, boolean required) {
		List<Finding> checks = checks(language, server, required);
		assertThat(checks).hasSize(1);
		return checks.get(0);
	}

	private static List<Finding> checks(Language language, String servers, boolean required) {
		return new ConnectionChecks(Messages.in(language), servers, new Properties(), required).run();
	}

}
