package lab.console.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.deque.html.axecore.selenium.AxeBuilder;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Chromium without a window, in which a test looks at the lab's pages as a person does.
 */
record Browser(ChromeDriver driver) implements AutoCloseable {

	/**
	 * Opens Chromium; where it is not installed the test is skipped and says so.
	 */
	static Browser open() {
		Path driver = installed("chromedriver");
		Path chromium = (driver != null) ? Stream.of("chromium", "google-chrome", "chrome")
			.map(Browser::installed)
			.filter((found) -> found != null)
			.findFirst()
			.orElse(null) : null;
		assumeThat(chromium).as("Chromium and its driver are installed (chromium, chromium-driver)").isNotNull();
		// a page that draws itself anew has, for a moment, not what a test waits for
		Awaitility.ignoreExceptionsByDefaultMatching(
				(ex) -> ex instanceof NotFoundException || ex instanceof StaleElementReferenceException);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
				"--disable-sync");
		return new Browser(new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build(), options));
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> all(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	List<String> texts(String selector) {
		return all(selector).stream().map(WebElement::getText).toList();
	}

	void assertNoErrors() {
		assertThat(this.driver.manage().logs().get(LogType.BROWSER)).extracting(LogEntry::getMessage).isEmpty();
	}

	/**
	 * Makes the window that wide and high, for a person who likes it light or dark.
	 */
	void emulate(int width, int height, String colorScheme) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
	}

	/**
	 * Writes what the window shows to that file in {@code target/screenshots}, for a
	 * person to look at.
	 */
	void screenshot(String name) {
		Path file = Path.of("target", "screenshots", name);
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void assertFitsTheWindow() {
		assertThat(this.driver
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
			.as("pixels to the right of the window")
			.isEqualTo(0L);
	}

	/**
	 * Empties the browser's caches, so that the next page is loaded in full.
	 */
	void forgetPages() {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
		this.driver.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", false));
		this.driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
	}

	/**
	 * Nothing that keeps somebody from using the page, as far as axe can tell.
	 */
	void assertAccessible() {
		assertThat(new AxeBuilder().analyze(this.driver).getViolations())
			.filteredOn((rule) -> List.of("serious", "critical").contains(rule.getImpact()))
			.extracting((rule) -> rule.getId() + ": " + rule.getNodes())
			.isEmpty();
	}

	/**
	 * Forgets an error that the browser logs by itself and the test expects.
	 */
	void forgetErrors() {
		this.driver.manage().logs().get(LogType.BROWSER);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	private static @Nullable Path installed(String program) {
		return Stream.of(System.getenv("PATH").split(":"))
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
	}

}
