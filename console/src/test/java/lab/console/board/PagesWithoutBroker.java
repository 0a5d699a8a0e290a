package lab.console.board;

import java.nio.file.Path;

import lab.console.fault.LabProcess;
import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The console's pages in a browser, where no broker runs: what they show comes from
 * files.
 */
@ResourceLock("the browser of PagesWithoutBroker, which its subclasses share")
@ResourceLock(value = LabProcess.NETWORK, mode = ResourceAccessMode.READ)
abstract class PagesWithoutBroker {

	static final Path LAB = Path.of("..").toAbsolutePath().normalize();

	@TempDir
	static Path state;

	static Browser browser;

	static String url;

	private static ConfigurableApplicationContext board;

	@BeforeAll
	static void open() {
		browser = Browser.open();
		int port = TestSocketUtils.findAvailableTcpPort();
		url = "http://localhost:" + port;
		WatchedGroup nowhere = new WatchedGroup("localhost:1", LabOptions.GROUP, LabOptions.TOPIC, true);
		board = Board.start(new LabHome(LAB, state), new LabOptions(), nowhere, port, Messages.in(Language.EN));
	}

	@AfterAll
	static void close() {
		if (browser != null) {
			browser.close();
		}
		if (board != null) {
			board.close();
		}
	}

	static void replay(String recording, String lang) {
		browser.driver().get("%s/?lang=%s&replay=recordings/%s.json".formatted(url, lang, recording));
		await().untilAsserted(() -> assertThat(browser.all("#replay [data-action=play]")).isNotEmpty());
		if (browser.find("#replay [data-action=play]").getText().equals(lang.equals("ko") ? "일시 정지" : "Pause")) {
			browser.find("#replay [data-action=play]").click();
		}
		seek(0);
	}

	/**
	 * Puts the replay to that many milliseconds, or to its end.
	 */
	static void seek(long position) {
		browser.driver().executeScript("""
				const range = document.querySelector('#replay input[type=range]');
				range.value = arguments[0];
				range.dispatchEvent(new Event('input', { bubbles: true }));
				return new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 300));
				""", position);
	}

}
