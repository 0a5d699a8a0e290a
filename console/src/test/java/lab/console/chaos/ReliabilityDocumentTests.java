package lab.console.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import lab.console.fault.TestLab;
import lab.console.instance.Protocol;
import lab.console.terminal.Json;
import lab.console.terminal.Table;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures of {@code docs/reliability.md} are those of the runs in
 * {@code docs/reliability/}.
 */
class ReliabilityDocumentTests {

	private static final Path DOCS = TestLab.ROOT.resolve("docs");

	@ParameterizedTest
	@ValueSource(strings = { "reliability.md", "reliability.ko.md" })
	void hasTheSumsOfTheRuns(String document) throws IOException {
		assertThat(Files.readString(DOCS.resolve(document))).contains(sums());
	}

	@ParameterizedTest
	@ValueSource(strings = { "reliability.md", "reliability.ko.md" })
	void hasTheVerdictUnderEachProtocol(String document) throws IOException {
		assertThat(Files.readString(DOCS.resolve(document))).contains(verdicts());
	}

	private static String sums() throws IOException {
		return block(LedgerSums.lines(runs("seeds.jsonl")));
	}

	private static String verdicts() throws IOException {
		Map<String, Map<String, String>> verdicts = new TreeMap<>();
		for (LedgerRow run : runs("protocols.jsonl")) {
			String before = verdicts.computeIfAbsent(run.fault(), (fault) -> new HashMap<>())
				.put(run.protocol(), run.verdict());
			assertThat(before).as("a second run of %s under %s", run.fault(), run.protocol()).isNull();
		}
		List<String> protocols = Stream.of(Protocol.values()).map(Protocol::toString).toList();
		Table table = new Table(Stream.concat(Stream.of("FAULT"), protocols.stream()).toArray(String[]::new));
		verdicts.forEach((fault,
				of) -> table.row(Stream
					.concat(Stream.of(fault), protocols.stream().map((protocol) -> of.getOrDefault(protocol, "-")))
					.toArray()));
		return block(table.lines());
	}

	private static List<LedgerRow> runs(String file) throws IOException {
		List<LedgerRow> runs = Files.readAllLines(DOCS.resolve("reliability").resolve(file))
			.stream()
			.map((line) -> Json.read(line, LedgerRow.class))
			.toList();
		assertThat(runs).isNotEmpty();
		return runs;
	}

	private static String block(List<String> lines) {
		return "```\n" + String.join("\n", lines) + "\n```";
	}

}
