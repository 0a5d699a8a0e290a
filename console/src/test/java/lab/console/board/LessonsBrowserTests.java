package lab.console.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The lessons as a person sees them in a browser.
 */
class LessonsBrowserTests extends PagesWithoutBroker {

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
	void showsATickAsSoonAsItIsEarned() throws IOException {
		browser.driver().get(url + "/lessons.html?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(browser.texts("section h2")).contains("2. Create a topic"));
		assertThat(browser.find("#tick-2").getText()).isEmpty();
		Files.createDirectories(state.resolve("lessons"));
		Files.writeString(state.resolve("lessons/03-consumer-group"), "2\n");
		await("the page asks again").atMost(Duration.ofMinutes(2))
			.untilAsserted(() -> assertThat(browser.find("#tick-2").getText()).isEqualTo("✓"));
		browser.driver().get(url + "/lessons.html?lang=en");
		await()
			.untilAsserted(() -> assertThat(browser.find("#state-consumer-group").getText()).isEqualTo("1 of 9 steps"));
		browser.assertNoErrors();
	}

	@Test
	void saysInWhichTerminalABlockIsTypedAndWhatIsToBeSeen() {
		browser.driver().get(url + "/lessons.html?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(labels()).contains("type · product1's terminal", "type · with Docker",
				"prints, for example · product1's terminal", "prints, for example", "stop · product2's terminal"));
		assertThat(browser.texts(".check code")).contains("./lab tour consumer-group --check 2");
		WebElement answer = browser.find("details");
		assertThat(answer.getDomProperty("open")).as("an answer does not give itself away").isEqualTo("false");
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
		assertThat(labels()).contains("출력 예");
		browser.assertNoErrors();
	}

	@Test
	void fitsANarrowWindow() {
		Dimension before = browser.driver().manage().window().getSize();
		browser.driver().manage().window().setSize(new Dimension(500, 800));
		browser.driver().get(url + "/lessons.html?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(browser.texts("section h2")).isNotEmpty());
		assertThat(browser.driver()
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
			.as("pixels to the right of the window")
			.isEqualTo(0L);
		browser.driver().manage().window().setSize(before);
	}

	@Test
	void saysThatThereIsNoSuchLesson() {
		browser.driver().get(url + "/lessons.html?lang=en&lesson=nothing");
		await()
			.untilAsserted(() -> assertThat(browser.find("#problem").getText()).isEqualTo("There is no such lesson."));
		// the browser itself logs the 404
		browser.forgetErrors();
	}

	private static List<String> labels() {
		return browser.all("pre").stream().map((block) -> block.getDomAttribute("data-label")).toList();
	}

}
