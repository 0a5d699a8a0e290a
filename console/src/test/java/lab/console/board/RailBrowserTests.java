package lab.console.board;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The rail as a person sees it, with a lesson of the lab. How far the learner is comes
 * from the test.
 */
class RailBrowserTests extends PagesWithoutBroker {

	private static final String ASK = """
			{"ticks": [1], "state": "BEGUN", "task": 1, "instruction": 0, "stage": "ASK", "chosen": {}, "observed": []}""";

	private static final String WATCH = """
			{"ticks": [1, 2], "state": "BEGUN", "task": 2, "instruction": 0, "stage": "WATCH", "chosen": {"1": 0, "2": 1},
			"observed": [{"fact": "HANDLED", "number": 10, "observed": 4, "holds": false},
			{"fact": "LAG", "number": 0, "observed": 0, "holds": true}]}""";

	private static final String NEED = """
			{"ticks": [1], "state": "BEGUN", "task": 1, "instruction": 0, "stage": "NEED", "chosen": {},
			"observed": [{"fact": "MEMBERS", "number": 2, "observed": 2, "holds": true},
			{"fact": "PARTITIONS", "number": 1, "observed": 2, "holds": false}]}""";

	private static final String DONE = """
			{"ticks": [1, 2, 3, 4, 5], "state": "DONE", "task": 6, "instruction": 0, "stage": "DONE", "chosen": {"5": 0},
			"observed": []}""";

	/**
	 * The page gets what {@code window.progress} is; what it sends is kept.
	 */
	@BeforeEach
	void answerForTheConsole() {
		browser.emulate(1280, 1000, "light");
		browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
				if (!window.sent) {
					const { fetch } = window;
					window.sent = [];
					window.progress = %s;
					window.fetch = (path, options) => {
						if (!/api.rails.[^/]+.(progress|answer|again)/.test(path)) {
							return fetch(path, options);
						}
						options && window.sent.push(path.match(/[a-z]+(?=\\?)/)[0] + ' ' + options.body);
						return Promise.resolve(new Response(JSON.stringify(window.progress)));
					};
				}
				""".formatted(ASK)));
	}

	@Test
	void asksThenWatchesThenTellsWhetherTheAnswerWasRight() {
		open("en");
		assertThat(browser.find("#rail h2").getText()).isEqualTo("A consumer group shares partitions");
		assertThat(browser.find(".steps [aria-current=step]").getText()).isEqualTo("2. See who owns what");
		assertThat(browser.find(".question").getText()).startsWith("Predict: two members, one partition.");
		assertThat(browser.all(".instructions, .result")).isEmpty();
		// by keyboard
		browser.all(".choices button").get(0).sendKeys(Keys.ENTER);
		await().untilAsserted(() -> assertThat(sent()).asString().isEqualTo("[answer {\"task\":1,\"answer\":0}]"));
		progress(WATCH);
		await().untilAsserted(() -> assertThat(browser.find(".result").getText())
			.isEqualTo("You chose: Half of the records. Right is: No records."));
		assertThat(browser.driver().switchTo().activeElement().getText()).as("where the keyboard is")
			.isEqualTo("3. Send four orders");
		browser.find(".result summary").click();
		await().untilAsserted(() -> assertThat(browser.find(".result").getText()).contains("None: it is idle."));
		assertThat(browser.texts(".choices [aria-pressed=true]")).containsExactly("The owner of P0 handles all four");
		assertThat(browser.find(".instructions").getText()).contains("Press +10 below Orders.");
		assertThat(browser.texts(".observed li")).containsExactly("… orders handled since then: 10 or more · now 4",
				"✓ lag: 0 · now 0");
		assertThat(browser.find("[data-action=send][data-number='10']").getCssValue("outline-style"))
			.isEqualTo("dashed");
		assertThat(browser.find("[data-action=send][data-number='1']").getCssValue("outline-style")).isEqualTo("none");
		assertThat(browser.find("#rail [role=status]").getDomProperty("textContent")).isEqualTo("Step 2 is done.");
		browser.all(".choices button").get(0).click();
		progress(DONE);
		await().untilAsserted(() -> assertThat(browser.find(".doing h3").getText())
			.isEqualTo("✓ The lesson is done. Each step was observed on the cluster."));
		assertThat(sent()).as("an answer is not changed").asString().doesNotContain("\"task\":2");
		browser.find("[data-action=rail-again]").click();
		await().untilAsserted(() -> assertThat(sent()).asString().endsWith("again {}]"));
		browser.assertNoErrors();
	}

	@Test
	void saysWhatAStepNeeds() {
		open("en");
		progress(NEED);
		await().untilAsserted(() -> assertThat(browser.texts(".need")).singleElement()
			.asString()
			.contains("partitions cannot be removed", "./lab reset"));
		assertThat(browser.all(".choices")).isEmpty();
		assertThat(browser.texts(".observed li")).contains("… partitions: 1 · now 2");
		browser.assertNoErrors();
	}

	@ParameterizedTest
	@CsvSource({ "360, light", "360, dark", "1000, light", "1280, dark", "1920, light" })
	void fitsTheWindowAndIsAccessible(int width, String colors) {
		browser.emulate(width, 900, colors);
		open("en");
		for (String progress : new String[] { ASK, NEED, WATCH, DONE }) {
			progress(progress);
			browser.assertFitsTheWindow();
			browser.assertAccessible();
		}
		browser.assertNoErrors();
	}

	/**
	 * Nobody has pressed anything when what was asked for is observed.
	 */
	@ParameterizedTest
	@CsvSource({ "360", "1280" })
	void nothingJumpsWhenItGoesOn(int width) {
		browser.emulate(width, 900, "light");
		open("en");
		browser.driver().executeScript("""
				window.shift = 0;
				new PerformanceObserver((list) => list.getEntries().filter((entry) => !entry.hadRecentInput)
					.forEach(({ value }) => (window.shift += value))).observe({ type: 'layout-shift' });
				""");
		for (String progress : new String[] { WATCH, NEED, DONE, ASK }) {
			progress(progress);
		}
		assertThat(((Number) browser.driver().executeScript("return window.shift")).doubleValue()).isBetween(0.0, 0.02);
	}

	@Test
	void theAddressKeepsWhichLessonIsOpen() {
		browser.driver().get(url + "/?lang=en");
		await().untilAsserted(() -> browser.find("#lesson").click());
		await("the first one that is not done")
			.untilAsserted(() -> assertThat(browser.find("#rail h2").getText()).isEqualTo("Kafka in one picture"));
		assertThat(browser.driver().getCurrentUrl()).endsWith("/?lang=en&rail=picture");
		await().untilAsserted(
				() -> assertThat(browser.find("#language").getDomAttribute("href")).isEqualTo("?lang=ko&rail=picture"));
		browser.find("[data-action=rail-close]").click();
		await().untilAsserted(() -> assertThat(browser.all("#rail")).isEmpty());
		assertThat(browser.driver().getCurrentUrl()).endsWith("/?lang=en");
		browser.assertNoErrors();
	}

	@Test
	void needsTheLabOfThisMachine() {
		browser.driver().get(url + "/?lang=en&rail=consumer-group&replay=recordings/walk.json");
		await().untilAsserted(() -> assertThat(browser.find("#rail").getText())
			.contains("This lesson needs the lab of this machine."));
		assertThat(browser.all("#rail .choices, #rail .steps")).isEmpty();
		browser.driver().get(url + "/?lang=en&rail=nothing");
		await().untilAsserted(
				() -> assertThat(browser.find("#rail").getText()).contains("There is no lesson nothing on the board."));
		// the browser itself logs the 404
		browser.forgetErrors();
	}

	@Test
	void speaksKoreanToo() {
		open("ko");
		progress(WATCH);
		await()
			.untilAsserted(() -> assertThat(browser.find(".told").getText()).isEqualTo("고른 답: 절반. 맞는 답: 하나도 받지 못함."));
		assertThat(browser.texts(".observed li")).contains("… 새로 처리한 주문: 10건 이상 · 지금 4");
		browser.assertNoErrors();
	}

	private static void open(String lang) {
		browser.driver().get("%s/?lang=%s&rail=consumer-group".formatted(url, lang));
		await().untilAsserted(() -> assertThat(browser.all(".choices button")).hasSize(3));
	}

	/**
	 * Waits until the page shows it.
	 */
	private static void progress(String progress) {
		browser.driver().executeScript("window.progress = " + progress);
		await().untilAsserted(() -> assertThat(browser.driver().executeScript("""
				const { task, stage } = document.querySelector('.task').dataset;
				return Number(task) === window.progress.task && stage === window.progress.stage;
				""")).isEqualTo(true));
	}

	private static Object sent() {
		return browser.driver().executeScript("return window.sent");
	}

}
