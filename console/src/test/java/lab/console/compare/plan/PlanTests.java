package lab.console.compare.plan;

import java.util.List;

import lab.console.compare.plan.Plan.Item;
import lab.console.compare.report.ResultRow;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlanTests {

	private final List<Setting> settings = Settings.named(List.of("consumer", "classic"), Messages.in(Language.EN));

	@Test
	void everyRoundHasEachRunOnceAndRoundsDifferInTheirOrder() {
		List<Item> runs = plan(42, 6, 2).alone();
		assertThat(runs).hasSize(6 * 4).extracting(Item::number).doesNotHaveDuplicates();
		List<List<String>> rounds = List.of(0, 1, 2, 3, 4, 5)
			.stream()
			.map((round) -> runs.subList(round * 4, round * 4 + 4).stream().map(PlanTests::what).toList())
			.toList();
		assertThat(rounds).allSatisfy((round) -> assertThat(round).containsExactlyInAnyOrder("growth consumer-tuned",
				"growth classic-tuned", "kill consumer-tuned", "kill classic-tuned"));
		assertThat(rounds.stream().distinct()).as("orders of rounds").hasSizeGreaterThan(1);
	}

	@Test
	void theSameSeedGivesTheSameOrder() {
		assertThat(plan(7, 3, 1).alone()).isEqualTo(plan(7, 3, 1).alone()).isNotEqualTo(plan(8, 3, 1).alone());
	}

	@Test
	void whatTakesMinutesIsRepeatedLessOften() {
		assertThat(plan(42, 6, 2).together()).extracting(PlanTests::what)
			.filteredOn((what) -> what.equals("growth consumer"))
			.hasSize(6);
		assertThat(plan(42, 6, 2).together()).extracting(PlanTests::what)
			.filteredOn((what) -> !what.equals("growth consumer"))
			.containsExactlyInAnyOrder("growth classic", "growth classic", "kill classic", "kill classic",
					"kill consumer", "kill consumer");
	}

	@Test
	void whatIsNotWaitedForIsStatedWithItsBound() {
		List<ResultRow> rows = ResultRow.of(plan(42, 1, 0), List.of());
		assertThat(rows).extracting(ResultRow::setting).containsExactly("classic", "consumer", "classic");
		assertThat(rows).extracting(ResultRow::boundMs).containsExactly(303_000L, 45_000L, 45_000L);
	}

	private Plan plan(long seed, int repetitions, int slowRepetitions) {
		return new Plan(2, 4, 1, 2, 200, 200, repetitions, slowRepetitions, 6, seed, this.settings,
				List.of(Scenario.GROWTH, Scenario.KILL), List.of(MemberKind.SPRING));
	}

	private static String what(Item item) {
		return item.scenario().code() + " " + item.setting().name();
	}

}
