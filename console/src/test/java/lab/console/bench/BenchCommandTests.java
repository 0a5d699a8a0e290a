package lab.console.bench;

import lab.console.terminal.OptionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BenchCommandTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			speed               | there is no benchmark speed: use one of profiles, orders, commands, board, footprint.
			profiles --rounds 0 | --rounds must be at least 1, not 0.
			""")
	void badInputIsOneSentence(String line, String sentence) {
		BenchCommand bench = new BenchCommand();
		new CommandLine(bench).setCaseInsensitiveEnumValuesAllowed(true).parseArgs((line + " --lang en").split(" "));
		assertThatExceptionOfType(OptionException.class).isThrownBy(bench::call).withMessage(sentence);
	}

}
