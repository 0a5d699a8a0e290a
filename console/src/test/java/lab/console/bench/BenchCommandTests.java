package lab.console.bench;

import java.nio.file.Files;
import java.nio.file.Path;

import lab.console.terminal.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
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

	/**
	 * After {@code --quick}, those beside the lab are not there.
	 */
	@Test
	void showsTheResultsThatAreThere(@TempDir Path out) throws Exception {
		Path results = Path.of("../docs/performance/orders.json");
		Path from = Files.createDirectory(out.resolve("from"));
		Files.copy(results, from.resolve("orders.json"));
		BenchCommand bench = new BenchCommand();
		new CommandLine(bench).parseArgs("--from", from.toString(), "--out", out.toString());
		assertThat(bench.call()).isZero();
		assertThat(out).isDirectoryContaining("glob:**/orders.html").isDirectoryNotContaining("glob:**/peers.html");
		Files.delete(from.resolve("orders.json"));
		assertThatExceptionOfType(LabException.class).isThrownBy(bench::call).withMessageContaining("profiles.json");
	}

}
