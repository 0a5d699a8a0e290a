package lab.console.rail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import lab.console.board.RecordedViews;
import lab.console.lesson.Block.OnBoard;
import lab.console.lesson.BoardCondition;
import lab.console.lesson.LessonParser;
import lab.console.lesson.Renaming;
import lab.console.watch.GroupView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each condition, in the recording of a group: product1 is idle; four orders come; a
 * second partition goes to product1; four more orders come; product1 is killed, removed
 * from the group, and started again.
 */
class SightTests {

	/**
	 * A recording for these tests alone, which count its states.
	 */
	static final String WALK = "../rail/walk";

	/**
	 * Sights of the recording, by their numbers, when the condition holds; and the one
	 * before, when it does not.
	 */
	@ParameterizedTest
	@CsvSource(textBlock = """
			members 2,        0,  0
			members 1,        0, 21
			partitions 1,     0,  0
			partitions 2,     0,  7
			idle 1,           0,  0
			idle 0,           0,  9
			owned 1,          0,  0
			owned 2,          0,  9
			owners 1,         0,  0
			owners 2,         0,  9
			owners 1,         9, 21
			lag 0,            0,  0
			handled +1,       0,  4
			handled +4,       0,  5
			handled +8,       0, 12
			handled +4,       5, 12
			handlers +1,      0,  4
			handlers +2,      0, 12
			moved +1,         9, 21
			rebalances +1,    1,  8
			rebalances +2,    1, 20
			gone product1,    0, 21
			member product1, 21, 32
			""")
	void holdsFromTheFirstSightOnThatShowsIt(String condition, int since, int first) throws IOException {
		List<Sight> sights = sights(WALK);
		BoardCondition wanted = condition(condition);
		for (int i = since; i < first; i++) {
			assertThat(wanted.holds(sights.get(i).observe(wanted, sights.get(since)))).as("sight %d", i).isFalse();
		}
		assertThat(wanted.holds(sights.get(first).observe(wanted, sights.get(since)))).isTrue();
	}

	/**
	 * It owned nothing before, or is the same one again.
	 */
	@Test
	void aPartitionThatIsNewOrBackHasNotMoved() throws IOException {
		List<Sight> sights = sights(WALK);
		BoardCondition moved = condition("moved +1");
		assertThat(sights.get(9).observe(moved, sights.get(0))).isZero();
		assertThat(sights.get(38).observe(moved, sights.get(13))).isZero();
	}

	@Test
	void whatAMemberHasHandledCountsAfterItHasLeft() throws IOException {
		List<Sight> sights = sights(WALK);
		assertThat(sights.get(22).view().members()).doesNotContainKey("product1");
		assertThat(sights.get(22).observe(condition("handled +1"), sights.get(0))).isEqualTo(8);
	}

	@Test
	void isNotCurrentWhileTheClusterDoesNotAnswer() throws IOException {
		assertThat(sights("broker-outage")).extracting(Sight::isCurrent).contains(true, false);
		assertThat(sights("refused")).extracting(Sight::isCurrent).containsOnly(false);
	}

	static List<Sight> sights(String recording) throws IOException {
		List<Sight> sights = new ArrayList<>();
		for (GroupView view : RecordedViews.of(recording)) {
			sights.add(Sight.of(view, sights.isEmpty() ? null : sights.get(sights.size() - 1)));
		}
		return sights;
	}

	private static BoardCondition condition(String text) {
		return LessonParser
			.parse("01-one", "# A\n\n## B\n\n<!-- board\ndo: Look.\nsee " + text + "\n-->\n", Renaming.NONE)
			.step(1)
			.blocks()
			.stream()
			.map((block) -> ((OnBoard) block).task().instructions().get(0).conditions().get(0))
			.findFirst()
			.orElseThrow();
	}

}
