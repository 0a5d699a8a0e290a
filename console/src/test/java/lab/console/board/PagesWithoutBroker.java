package lab.console.board;

import java.nio.file.Path;

import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

/**
 * The console's pages in a browser, where no broker runs: what they show comes from
 * files.
 */
@ResourceLock("the browser of PagesWithoutBroker, which its subclasses share")
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

}
