package lab.console.bench;

import java.util.List;
import java.util.Map;

import lab.console.bench.measure.BenchResults;
import lab.console.bench.measure.Figure;
import lab.console.bench.measure.Measurement;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.Templates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of a benchmark with two variants and two figures.
 */
class BenchPageTests {

	private static final BenchResults RESULTS = BenchResults.of("orders", "./lab bench orders --out <here>",
			List.of("default", "ordered"), List.of(new Figure("rate", "orders/s"), new Figure("p99", "ms")),
			List.of(new Measurement(1, "default", Map.of("rate", 100.0, "p99", 4.0)),
					new Measurement(1, "ordered", Map.of("rate", 50.0, "p99", 4.0)),
					new Measurement(2, "ordered", Map.of("rate", 70.0, "p99", 4.0)),
					new Measurement(2, "default", Map.of("rate", 200.0, "p99", 4.0))));

	@ParameterizedTest
	@EnumSource
	void hasTheTableAndEveryMeasurementInThePlotOfItsFigure(Language language) {
		Messages messages = Messages.in(language);
		String page = new BenchPage(messages).page(RESULTS);

		assertThat(page).contains("<html lang=\"" + language.code() + "\">")
			.contains("<code>./lab bench orders --out &lt;here&gt;</code>")
			.contains(Templates.escape(String.join("\n", new BenchReport(messages).lines(RESULTS))))
			.contains(BenchPlots.draw(RESULTS));
		// the axis is from 180 to 660, and ends at 200 orders per second
		assertThat(page.split("<g ")[1]).contains("rate (orders/s)")
			.containsSubsequence("default", "cx=\"420.0\" cy=\"41\"", "cx=\"660.0\" cy=\"41\"", "ordered",
					"cx=\"300.0\" cy=\"67\"", "cx=\"348.0\" cy=\"67\"");
		assertThat(page.split("<g ")[2]).contains("p99 (ms)")
			.containsSubsequence("cx=\"660.0\"", "cx=\"660.0\"", "cx=\"660.0\"", "cx=\"660.0\"");
		assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "src=", "NaN");
	}

	/**
	 * The lab alone, as {@code --quick} measures it.
	 */
	@Test
	void whatWasMeasuredOnceHasNoInterval() {
		BenchResults once = BenchResults.of("orders", "./lab bench --quick", List.of("default"),
				List.of(new Figure("rate", "orders/s")), List.of(new Measurement(1, "default", Map.of("rate", 100.0))));
		assertThat(new BenchReport(Messages.in(Language.EN)).lines(once)).containsExactly(
				"VARIANT  FIGURE  VALUE  UNIT", "default  rate    100    orders/s",
				"Measured once. How certain that is, ./lab bench orders tells, which measures in five rounds and compares.");
		assertThat(BenchPlots.draw(once)).contains("<circle").doesNotContain("NaN");
	}

}
