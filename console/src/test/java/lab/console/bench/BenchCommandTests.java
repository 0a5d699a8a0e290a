package lab.console.bench;

import lab.console.terminal.LabException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BenchCommandTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
							speed               | there is no benchmark speed: use one of profiles, orders, latency, commands, board, footprint, peers.
							profiles --from no-such-folder --out target | no-such-folder/profiles.json is no file with the results of a benchmark: name a folder into which lab bench has written.
					profiles --rounds 0 | --rounds must be at least 1, not 0.
							""")
	void badInputIsOneSentence(String line, String sentence) {
		BenchCommand bench = new BenchCommand();
		new CommandLine(bench).setCaseInsensitiveEnumValuesAllowed(true).parseArgs((line + " --lang en").split(" "));
		assertThatExceptionOfType(LabException.class).isThrownBy(bench::call).withMessage(sentence);
	}

}
