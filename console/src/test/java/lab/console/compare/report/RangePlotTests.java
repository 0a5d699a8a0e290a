package lab.console.compare.report;

import java.util.List;
import java.util.Map;

import lab.console.compare.measure.Measures;
import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.MemberKind;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Scenario;
import lab.console.compare.plan.Setting;
import lab.console.compare.report.RangePlot.Theme;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RangePlotTests {

	private static final Setting CLASSIC = new Setting("classic", "classic", Map.of(), Map.of());

	private static final Setting WORK = new Setting("a <b> & c", "consumer", Map.of(), Map.of());

	@Test
	void showsMedianAndSpreadAndWhatWasNotMeasured() {
		List<RangePlot> plots = RangePlot
			.of(results(List.of(run(1, "growth", WORK, 400L), run(2, "growth", WORK, 600L))));
		assertThat(plots).hasSize(1);
		assertThat(plots.get(0).document(Theme.DARK))
			.containsSubsequence("Kafka’s defaults", "Tuned", ">classic<", ">not measured, noticed within 303 s<",
					">a &lt;b&gt; &amp; c<", ">0.50 s (0.40 – 0.60 s)<")
			.containsOnlyOnce("class=\"middle\"")
			.contains("growth, HANDLED: median (min – max)")
			.doesNotContain("logarithmic", "{{", "<b>");
	}

	@Test
	void abbreviatesANameThatDoesNotFit() {
		Setting setting = new Setting("consumer-settings-of-the-orders-team", "consumer", Map.of(), Map.of());
		String svg = RangePlot.of(results(setting, List.of(run(1, "growth", setting, 400L))))
			.get(0)
			.document(Theme.LIGHT);
		assertThat(svg).contains(">consumer-settings…<").containsOnlyOnce(setting.name());
	}

	@Test
	void isLeftOutIfNothingWasMeasured() {
		assertThat(RangePlot.of(results(List.of(run(1, "growth", WORK, null))))).isEmpty();
	}

	private static Results results(List<Outcome> runs) {
		return results(WORK, runs);
	}

	private static Results results(Setting setting, List<Outcome> runs) {
		Plan plan = new Plan(2, 4, 1, 2, 100, 200, 2, 0, 1, 42, List.of(setting, CLASSIC),
				List.of(Scenario.GROWTH, Scenario.KILL), List.of(MemberKind.SPRING));
		return Results.of("./lab compare", new Results.Versions("17", "4.2.1", "4.1.1", "29"), plan, runs);
	}

	private static Outcome run(int number, String scenario, Setting setting, Long handledMs) {
		return new Outcome(number, scenario, setting.name(), "spring",
				new Measures(handledMs != null ? handledMs : 0, handledMs, null, null, 0, 0, 0, 0), null, null);
	}

}
