package lab.console.board;

import java.nio.file.Path;
import java.time.Duration;

import lab.console.fault.LabProcess;
import lab.console.group.Cluster;
import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import picocli.CommandLine;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console's pages in a browser, on a lab that was started with nothing in it.
 */
@ResourceLock(LabProcess.PORTS)
@ResourceLock(value = LabProcess.NETWORK, mode = ResourceAccessMode.READ)
abstract class PagesOfTheLab {

	static final String SERVER = "localhost:9092";

	static final LabOptions OPTIONS = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", SERVER);

	private static final String[] UP = { "up", "order", "product1", "product2" };

	@TempDir
	static Path state;

	static Browser browser;

	static LabProcess lab;

	static Cluster cluster;

	static ConfigurableApplicationContext board;

	static int port;

	@BeforeAll
	static void start() throws Exception {
		LabProcess.assumePortsAreFree();
		browser = Browser.open();
		lab = new LabProcess(state);
		lab.start(UP);
		await("the lab is up", () -> assertThat(lab.printed(UP)).contains("Ctrl-C stops everything"));
		cluster = Cluster.connect(OPTIONS);
		port = TestSocketUtils.findAvailableTcpPort();
		board = board(WatchedGroup.lab(OPTIONS), port);
	}

	@AfterAll
	static void stop() throws Exception {
		if (browser != null) {
			browser.close();
		}
		if (board != null) {
			board.close();
			cluster.close();
		}
		if (lab != null) {
			lab.run("down");
			LabProcess.assertPortsAreFree();
		}
	}

	static ConfigurableApplicationContext board(WatchedGroup source, int port) {
		return Board.start(new LabHome(Path.of("..").toAbsolutePath().normalize(), state), OPTIONS, source, port,
				Messages.in(Language.EN));
	}

	static String attribute(String selector, String name) {
		return browser.find(selector).getDomAttribute(name);
	}

	static void await(String what, ThrowingRunnable assertion) {
		Awaitility.await(what)
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(200))
			.ignoreExceptions()
			.untilAsserted(assertion);
	}

}
