package lab.console.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import lab.console.terminal.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * The lessons as a person sees them in a browser.
 */
class BoardBrowserTests {

	private static final Path LAB = Path.of("..").toAbsolutePath().normalize();

	@TempDir
	private static Path state;

	private static ConfigurableApplicationContext board;

	private static ChromeDriver browser;

	private static String url;

	@BeforeAll
	static void open() {
		Path driver = installed("chromedriver");
		Path chromium = (driver != null) ? Stream.of("chromium", "google-chrome", "chrome")
			.map(BoardBrowserTests::installed)
			.filter((found) -> found != null)
			.findFirst()
			.orElse(null) : null;
		assumeThat(chromium).as("Chromium and its driver are installed (chromium, chromium-driver)").isNotNull();
		int port = TestSocketUtils.findAvailableTcpPort();
		url = "http://localhost:" + port;
		board = Board.start(new LabHome(LAB, state), new LabOptions(),
				new Source("localhost:9092", LabOptions.GROUP, LabOptions.TOPIC, true), port, Messages.in(Language.EN));
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
				"--disable-sync");
		browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build(),
				options);
	}

	@AfterAll
	static void close() {
		if (browser != null) {
			browser.quit();
		}
		if (board != null) {
			board.close();
		}
	}

	@Test
	void listsEveryLessonThatThereIs() throws IOException {
		browser.get(url + "/?lang=en");
		try (Stream<Path> files = Files.list(LAB.resolve("lessons/en"))) {
			int lessons = (int) files.count();
			await().untilAsserted(() -> assertThat(texts(".lessons .title")).hasSize(lessons)
				.contains("A consumer group shares partitions"));
		}
		assertThat(texts(".lessons .minutes")).allMatch((text) -> text.matches("about \\d+ min"));
		assertNoErrors();
	}

	@Test
	void showsATickAsSoonAsItIsEarned() throws IOException {
		browser.get(url + "/?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(texts("section h2")).contains("2. Create a topic"));
		assertThat(browser.findElement(By.id("tick-2")).getText()).isEmpty();
		Files.createDirectories(state.resolve("lessons"));
		Files.writeString(state.resolve("lessons/01-consumer-group"), "2\n");
		await("the page asks again").atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(browser.findElement(By.id("tick-2")).getText()).isEqualTo("✓"));
		browser.get(url + "/?lang=en");
		await().untilAsserted(() -> assertThat(browser.findElement(By.id("state-consumer-group")).getText())
			.isEqualTo("1 of 9 steps"));
		assertNoErrors();
	}

	@Test
	void saysInWhichTerminalABlockIsTypedAndWhatIsToBeSeen() {
		browser.get(url + "/?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(labels()).contains("type · product1's terminal", "type · with Docker",
				"you should see", "stop · product2's terminal"));
		assertThat(texts(".check code")).contains("./lab tour consumer-group --check 2");
		WebElement answer = browser.findElement(By.tagName("details"));
		assertThat(answer.getDomProperty("open")).as("an answer does not give itself away").isEqualTo("false");
	}

	@Test
	void followsALinkToAFileBesideTheLessons() {
		browser.get(url + "/?lang=ko&lesson=events");
		await().untilAsserted(() -> assertThat(texts("a")).contains("EmailService.java"));
		browser.findElement(By.linkText("EmailService.java")).click();
		await()
			.untilAsserted(() -> assertThat(texts("body")).singleElement().asString().contains("class EmailService"));
		// a file has no icon, which the browser looks for
		browser.manage().logs().get(LogType.BROWSER);
	}

	@Test
	void speaksKoreanToo() {
		browser.get(url + "/?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(texts("h1")).isNotEmpty());
		browser.findElement(By.id("language")).click();
		await().untilAsserted(() -> assertThat(texts("h1")).containsExactly("1. 컨슈머 그룹은 파티션을 나누어 맡는다"));
		assertThat(browser.findElement(By.tagName("html")).getDomAttribute("lang")).isEqualTo("ko");
		assertThat(labels()).contains("보여야 하는 것");
		assertNoErrors();
	}

	@Test
	void fitsANarrowWindow() {
		Dimension before = browser.manage().window().getSize();
		browser.manage().window().setSize(new Dimension(500, 800));
		browser.get(url + "/?lang=en&lesson=consumer-group");
		await().untilAsserted(() -> assertThat(texts("section h2")).isNotEmpty());
		assertThat(browser
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
			.as("pixels to the right of the window")
			.isEqualTo(0L);
		browser.manage().window().setSize(before);
	}

	@Test
	void saysThatThereIsNoSuchLesson() {
		browser.get(url + "/?lang=en&lesson=nothing");
		await().untilAsserted(() -> assertThat(browser.findElement(By.id("problem")).getText())
			.isEqualTo("There is no such lesson."));
		// the browser itself logs the 404
		browser.manage().logs().get(LogType.BROWSER);
	}

	private static List<String> texts(String selector) {
		return browser.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
	}

	private static List<String> labels() {
		return browser.findElements(By.cssSelector("pre"))
			.stream()
			.map((block) -> block.getDomAttribute("data-label"))
			.toList();
	}

	private static void assertNoErrors() {
		assertThat(browser.manage().logs().get(LogType.BROWSER)).extracting(LogEntry::getMessage).isEmpty();
	}

	private static Path installed(String program) {
		return Stream.of(System.getenv("PATH").split(":"))
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
	}

}
