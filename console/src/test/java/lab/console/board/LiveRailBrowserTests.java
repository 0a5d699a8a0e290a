package lab.console.board;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lesson on the rail alone, on a real broker and real services, whose protocol is
 * {@code consumer} (KIP-848).
 */
class LiveRailBrowserTests extends PagesOfTheLab {

	/**
	 * Five predictions and six clicks.
	 */
	@Test
	void doesTheConsumerGroupLessonFromBeginningToEnd() throws Exception {
		browser.emulate(1280, 1000, "light");
		browser.driver().get("http://localhost:%d/?lang=en&rail=consumer-group".formatted(port));
		await("the lab itself is the first tick", () -> assertThat(ticks()).containsExactly("1"));

		predict(1, "No records");
		await("the idle member is seen", () -> assertThat(ticks()).containsExactly("1", "2"));
		assertThat(browser.find(".result").getText()).startsWith("Right: No records").contains("it is idle");

		predict(2, "Each handles two");
		await("what to press is outlined",
				() -> assertThat(browser.find("[data-action=send][data-number='10']").getCssValue("outline-style"))
					.isEqualTo("dashed"));
		assertThat(ticks()).as("a tick is not earned by an answer").containsExactly("1", "2");
		browser.find("[data-action=send][data-number='10']").click();
		await("ten orders are handled", () -> assertThat(ticks()).containsExactly("1", "2", "3"));
		assertThat(browser.find(".result").getText())
			.startsWith("You chose: Each handles two. Right is: The owner of P0 handles all four.");

		predict(3, "Seconds, and the other one goes on");
		browser.find("[data-action=grow]").click();
		browser.find("[data-action=grow-confirm]").click();
		await("the idle member has a partition", () -> assertThat(task()).isEqualTo("4"));
		assertThat(ticks()).as("half of a step").containsExactly("1", "2", "3");
		predict(4, "The two products alternate");
		await("order knows the new partition, long before a person presses",
				() -> assertThat(Files.readString(state.resolve("logs/order.log")))
					.contains("order knows 2 partitions of topic_example"));
		browser.find("[data-action=send][data-number='10']").click();
		await("both have handled orders", () -> assertThat(ticks()).containsExactly("1", "2", "3", "4"));

		predict(5, "product1 gets it at once");
		browser.find("[data-action=stop][data-instance=product2]").click();
		await("its partition has moved",
				() -> assertThat(browser.all(".instructions [data-done=true]")).singleElement());
		await("it can be started", () -> browser.find("[data-action=start][data-instance=product2]").click());
		await("the lesson is done", () -> assertThat(ticks()).containsExactly("1", "2", "3", "4", "5"));
		assertThat(browser.find("#rail").getText()).contains("The lesson is done", "Do it again");

		assertThat(Files.readAllLines(state.resolve("lessons/03-consumer-group"))).containsExactly("1", "2", "3", "4",
				"5");
		assertThat(lab.run("lessons", "--json").output())
			.containsPattern("\"name\":\"consumer-group\"[^\n]*\"state\":\"DONE\"");
		browser.assertNoErrors();
		againFromTwoPartitions();
	}

	/**
	 * What was done cannot be undone on the board, and that is said.
	 */
	private static void againFromTwoPartitions() throws IOException {
		browser.find("[data-action=rail-again]").click();
		await("what to do is said",
				() -> assertThat(browser.texts(".need")).singleElement()
					.asString()
					.contains("partitions cannot be removed", "./lab reset"));
		assertThat(browser.all(".choices button")).isEmpty();
		browser.assertNoErrors();
	}

	private static void predict(int task, String answer) {
		await("the question of task " + task, () -> {
			assertThat(task()).isEqualTo(String.valueOf(task));
			browser.all(".choices button")
				.stream()
				.filter((choice) -> choice.getText().equals(answer))
				.findFirst()
				.orElseThrow(AssertionError::new)
				.click();
		});
	}

	private static String task() {
		return attribute(".task", "data-task");
	}

	private static List<String> ticks() {
		return browser.all(".steps [data-done=true]").stream().map(LiveRailBrowserTests::step).toList();
	}

	private static String step(WebElement line) {
		return String.valueOf(line.getDomAttribute("data-step"));
	}

}
