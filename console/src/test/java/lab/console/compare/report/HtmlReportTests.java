package lab.console.compare.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lab.console.compare.measure.Measures;
import lab.console.compare.measure.Outcome;
import lab.console.compare.measure.Recording;
import lab.console.compare.plan.MemberKind;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Scenario;
import lab.console.compare.plan.Setting;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlReportTests {

	private final Messages messages = Messages.in(Language.EN);

	@Test
	void hasEachRowAndADotForEachRunThatCounts() {
		Path docs = Path.of(System.getProperty("lab.home"), "docs");
		Results results = Results.read(docs.resolve("rebalance.json"), this.messages);
		String page = new HtmlReport(this.messages).page(results);
		assertThat(page.split("<tr>")).as("a head and the rows").hasSize(2 + results.rows().size());
		List<Long> times = new ArrayList<>();
		results.runs().stream().filter((run) -> !run.isVoid()).map(Outcome::measures).forEach((measures) -> {
			times.add(measures.reassignedMs());
			if (measures.stoodStillMs() != null) {
				times.add(measures.stoodStillMs());
			}
		});
		assertThat(page.split("<circle class=\"dot\"")).hasSize(1 + times.size());
		assertThat(times).extracting((time) -> "<title>%s</title>".formatted(TimeText.seconds(time)))
			.allSatisfy((title) -> assertThat(page).contains(title));
		assertThat(page).contains("<h2>The topic grows</h2>", "<h2>All members are restarted, one by one</h2>")
			.contains("<h2>A member is killed: LONGEST GAP</h2>", "<line class=\"range\"", "<line class=\"middle\"")
			.as("recordings are not in the JSON")
			.doesNotContain("{{", "src=", "href=", "<details>");
	}

	@Test
	void drawsATimelineOfTheMembers() throws IOException {
		String page = new HtmlReport(this.messages).page(results("work", "./lab compare"));
		assertThat(page).containsOnlyOnce("<details>").containsOnlyOnce("</details>");
		assertThat(page).contains("<h4>work spring: 0.42 s</h4>", ">member1</text>", ">member2</text>",
				"<line class=\"action\"", "<rect class=\"bar\"", "<path class=\"handled\" d=\"M");
	}

	@Test
	void escapesWhatAPersonMayName() throws IOException {
		String page = new HtmlReport(this.messages)
			.page(results("<script>alert('1')</script>", "./lab compare --out \"</code><b>\""));
		assertThat(page).contains("&lt;script&gt;", "&lt;/code&gt;").doesNotContain("<script", "<b>\"", "--out \"");
	}

	private static Results results(String name, String command) throws IOException {
		Setting setting = new Setting(name, "consumer", Map.of(), Map.of());
		Plan plan = new Plan(2, 4, 1, 2, 100, 200, 1, 0, 1, 42, List.of(setting), List.of(Scenario.GROWTH),
				List.of(MemberKind.SPRING));
		Measures measures = new Measures(420, 430L, null, 50L, 0, 0, 0, 0);
		return Results.of(command, new Results.Versions("17", "4.2.1", "4.1.1", "29"), plan,
				List.of(new Outcome(1, "growth", name, "spring", measures, null, recording())));
	}

	private static Recording recording() throws IOException {
		try (InputStream file = HtmlReportTests.class.getResourceAsStream("/histories/growth.json")) {
			return JsonMapper.builder().build().readValue(file, Recording.class);
		}
	}

}
