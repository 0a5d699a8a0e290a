package lab.console.board;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lab.console.LabUnderTest;
import lab.console.terminal.Messages.Language;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The lessons as a person sees them in a browser.
 */
class LessonsBrowserTests extends PagesWithoutBroker {

	private static final Pattern PAGES = Pattern.compile("/Count (\\d+)");

	private static final Pattern DRAWING = Pattern.compile("(?ms)^```mermaid\n(.*?)^```$");

	@Test
	void listsEveryLessonThatThereIs() throws IOException {
		browser.driver().get(url + "/lessons.html?lang=en");
		try (Stream<Path> files = Files.list(LAB.resolve("lessons/en"))) {
			int lessons = (int) files.count();
			await().untilAsserted(() -> assertThat(browser.texts(".lessons .title")).hasSize(lessons)
				.contains("A consumer group shares partitions"));
		}
		assertThat(browser.texts(".lessons .minutes")).allMatch((text) -> text.matches("about \\d+ min"));
		browser.assertNoErrors();
	}

	@Test
	void listsTheExercisesAndWhichOnesAreBegun() throws IOException {
		Files.createDirectories(state.resolve("exercises/skipped"));
		browser.emulate(360, 800, "light");
		browser.driver().get(url + "/lessons.html?lang=en");
		try (Stream<Path> folders = Files.list(LAB.resolve("exercises"))) {
			int exercises = (int) folders.count();
			await().untilAsserted(() -> assertThat(browser.texts(".exercises code")).hasSize(exercises)
				.contains("./lab exercise skipped"));
		}
		assertThat(browser.find("#exercise-skipped").getText()).isEqualTo("begun");
		assertThat(browser.find("#exercise-listener").getText()).isEqualTo("not started");
		browser.assertFitsTheWindow();
		browser.assertAccessible();
		browser.emulate(1280, 900, "light");
		browser.assertNoErrors();
	}

	/**
	 * A4, as the page itself says. The root of a PDF's tree of pages has the largest
	 * count.
	 */
	@ParameterizedTest
	@EnumSource
	void printsAHandoutOfOnePageForEachLesson(Language language, @TempDir Path folder) {
		assertThat(LabUnderTest.commandLine(language).execute("lessons", "print", "--out", folder.toString())).isZero();
		browser.driver().get(folder.resolve("handouts.html").toUri().toString());
		int lessons = browser.all("section").size();
		assertThat(lessons).isGreaterThan(1);
		Object pdf = browser.driver()
			.executeCdpCommand("Page.printToPDF", Map.of("preferCSSPageSize", true))
			.get("data");
		String objects = new String(Base64.getDecoder().decode(String.valueOf(pdf)), StandardCharsets.ISO_8859_1);
		assertThat(PAGES.matcher(objects).results().mapToInt((count) -> Integer.parseInt(count.group(1))).max())
			.hasValue(lessons);
	}

	@Test
	void showsATickAsSoonAsItIsEarned() throws IOException {
		browser.driver().get(url + "/lessons.html?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(browser.texts("section h2")).contains("2. See who owns what"));
		assertThat(browser.find("#tick-2").getText()).isEmpty();
		Files.createDirectories(state.resolve("lessons"));
		Files.writeString(state.resolve("lessons/03-consumer-group"), "2\n");
		await("the page asks again").atMost(Duration.ofMinutes(2))
			.untilAsserted(() -> assertThat(browser.find("#tick-2").getText()).isEqualTo("✓"));
		browser.driver().get(url + "/lessons.html?lang=en");
		await()
			.untilAsserted(() -> assertThat(browser.find("#state-consumer-group").getText()).isEqualTo("1 of 7 steps"));
		browser.assertNoErrors();
	}

	@Test
	void saysInWhichTerminalABlockIsTypedAndWhatIsToBeSeen() {
		browser.driver().get(url + "/lessons.html?lang=en&lesson=five-terminals");
		await().untilAsserted(() -> assertThatLabels().contains("type · product1's terminal", "type · with Docker",
				"prints, for example · product1's terminal", "prints, for example", "stop · product2's terminal"));
		assertThat(browser.texts(".check code")).contains("./lab tour five-terminals --check 2");
		WebElement answer = browser.find("details");
		assertThat(answer.getDomProperty("open")).as("an answer does not give itself away").isEqualTo("false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "ko" })
	void everyLessonsDrawingIsDrawnInLightAndDark(String lang) throws IOException {
		List<String> sources = drawings(lang);
		browser.emulate(1280, 900, "light");
		browser.driver().get(url + "/lessons.html?lang=%s&lesson=topics".formatted(lang));
		awaitDrawings(1, List.of());
		// all on one page, because Mermaid takes longer to load than to draw
		browser.driver().executeScript("""
				const main = document.querySelector('main');
				main.replaceChildren(...arguments[0].map((source) => {
					const block = document.createElement('pre');
					block.innerHTML = '<code class="language-mermaid"></code>';
					block.firstChild.textContent = source;
					return block;
				}));
				import('./drawings.js').then(({ drawAll }) => drawAll(main));
				""", sources);
		List<String> light = awaitDrawings(sources.size(), List.of());
		browser.emulate(1280, 900, "dark");
		awaitDrawings(sources.size(), light);
		browser.emulate(1280, 900, "light");
		browser.assertNoErrors();
	}

	@Test
	void aDrawingFitsAPhoneAndIsAccessibleInLightAndDark() {
		browser.emulate(360, 800, "light");
		browser.driver().get(url + "/lessons.html?lang=en&lesson=topics");
		List<String> light = awaitDrawings(1, List.of());
		browser.assertFitsTheWindow();
		browser.assertAccessible();
		browser.emulate(1280, 900, "dark");
		awaitDrawings(1, light);
		browser.assertAccessible();
		browser.emulate(1280, 900, "light");
		browser.assertNoErrors();
	}

	@Test
	void showsTheSourceOfADrawingThatCannotBeDrawn() {
		browser.driver().get(url + "/lessons.html?lang=en&lesson=topics");
		awaitDrawings(1, List.of());
		browser.driver()
			.executeAsyncScript("const [done] = arguments; const main = document.querySelector('main');"
					+ " main.innerHTML = '<pre><code class=language-mermaid>flowchart LR; a --</code></pre>';"
					+ " import('./drawings.js').then(({ drawAll }) => drawAll(main)).then(done)");
		assertThat(browser.texts("main")).containsExactly("flowchart LR; a --");
		assertThat(browser.all("svg")).isEmpty();
		browser.forgetErrors();
	}

	/**
	 * Waits until that many drawings are there, each visible and none of those given.
	 * @return their ids
	 */
	private static List<String> awaitDrawings(int count, List<String> before) {
		await("drawings").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			assertThat(browser.texts("code.language-mermaid")).as("sources that are not drawn").isEmpty();
			assertThat(browser.all(".drawing svg")).hasSize(count)
				.allSatisfy((drawing) -> assertThat(drawing.getDomAttribute("id")).isNotIn(before))
				.allMatch((drawing) -> drawing.getSize().width > 100 && drawing.getSize().height > 50);
		});
		return browser.all(".drawing svg").stream().map((drawing) -> drawing.getDomAttribute("id")).toList();
	}

	/**
	 * Returns the sources of the lessons' drawings.
	 */
	private static List<String> drawings(String lang) throws IOException {
		List<String> sources = new ArrayList<>();
		try (Stream<Path> files = Files.list(LAB.resolve("lessons").resolve(lang))) {
			for (Path file : files.sorted().toList()) {
				DRAWING.matcher(Files.readString(file)).results().map((found) -> found.group(1)).forEach(sources::add);
			}
		}
		return sources;
	}

	@Test
	void leadsToTheBoardWhereALessonCanBeDoneThere() {
		browser.driver().get(url + "/lessons.html?lang=en");
		await().untilAsserted(() -> assertThat(browser.all(".on-board")).isNotEmpty()
			.extracting((link) -> link.getDomAttribute("href"))
			.contains("./?rail=consumer-group&lang=en"));
		browser.driver().get(url + "/lessons.html?lang=ko&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(browser.texts(".on-board")).containsExactly("보드에서 하기"));
		browser.find(".on-board").click();
		await().untilAsserted(() -> assertThat(browser.find("#rail h2").getText()).isEqualTo("컨슈머 그룹은 파티션을 나누어 맡는다"));
		browser.assertNoErrors();
	}

	@Test
	void followsALinkToAFileBesideTheLessons() {
		browser.driver().get(url + "/lessons.html?lang=ko&lesson=events");
		await().untilAsserted(() -> assertThat(browser.texts("a")).contains("EmailService.java"));
		browser.driver().findElement(By.linkText("EmailService.java")).click();
		await().untilAsserted(
				() -> assertThat(browser.texts("body")).singleElement().asString().contains("class EmailService"));
		// a file has no icon, which the browser looks for
		browser.forgetErrors();
	}

	@Test
	void speaksKoreanToo() {
		browser.driver().get(url + "/lessons.html?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(browser.texts("h1")).isNotEmpty());
		browser.find("#language").click();
		await().untilAsserted(() -> assertThat(browser.texts("h1")).containsExactly("3. 컨슈머 그룹은 파티션을 나누어 맡는다"));
		assertThat(browser.find("html").getDomAttribute("lang")).isEqualTo("ko");
		assertThatLabels().contains("출력 예");
		browser.assertNoErrors();
	}

	@Test
	void fitsANarrowWindow() {
		browser.emulate(500, 800, "light");
		browser.driver().get(url + "/lessons.html?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(browser.texts("section h2")).isNotEmpty());
		browser.assertFitsTheWindow();
		browser.emulate(1280, 900, "light");
	}

	@Test
	void saysThatThereIsNoSuchLesson() {
		browser.driver().get(url + "/lessons.html?lang=en&lesson=nothing");
		await()
			.untilAsserted(() -> assertThat(browser.find("#problem").getText()).isEqualTo("There is no such lesson."));
		// the browser itself logs the 404
		browser.forgetErrors();
	}

	/**
	 * At one moment, because a drawing takes the place of its block.
	 */
	private static ListAssert<Object> assertThatLabels() {
		return assertThat(browser.driver()
			.executeScript("return [...document.querySelectorAll('pre')].map(({ dataset }) => dataset.label)"))
			.asInstanceOf(InstanceOfAssertFactories.LIST);
	}

}
