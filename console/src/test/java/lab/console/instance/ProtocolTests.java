package lab.console.instance;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProtocolTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			                | classic
			''              | classic
			stock           | stock,classic
			static          | classic
			consumer, stock | stock,classic
			stock,exactly-once | stock,exactly-once,classic
			""")
	void keepsTheProfilesThatAreNoProtocol(String given, String profiles) {
		assertThat(Protocol.profiles(given, "classic")).isEqualTo(profiles);
	}

}
