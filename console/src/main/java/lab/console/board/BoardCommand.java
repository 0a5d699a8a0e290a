package lab.console.board;

import java.time.Duration;
import java.util.concurrent.Callable;

import lab.console.group.Cluster;
import lab.console.group.WatchedGroup;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code lab board}: serves the page, without starting the lab, until Ctrl-C.
 */
@Command(name = "board")
public class BoardCommand implements Callable<Integer> {

	private record Ready(String url) {
	}

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Option(names = "--port", paramLabel = "PORT", descriptionKey = "board.port", defaultValue = "" + Board.PORT)
	private int port;

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		this.options.requirePort(this.port);
		// fails at once where the file of --command-config cannot be read
		Cluster.clientProperties(this.options);
		return Cleanup.run(new CleanupReport(messages), (cleanup) -> {
			cleanup.add("board", STOP_TIMEOUT, Board.start(LabHome.ofProcess(), this.options,
					WatchedGroup.of(this.options), startPage(), this.port, messages));
			String url = "http://localhost:" + this.port;
			System.out.println(this.options.json() ? Json.line(new Ready(url)) : messages.get("board.ready", url));
			cleanup.awaitInterrupt();
			return 0;
		});
	}

	/**
	 * On another cluster nobody knows which group is meant if none is named.
	 */
	private StartPage startPage() {
		boolean named = this.options.groupIsNamed() || this.options.topicIsNamed() || !this.options.prefix().isEmpty();
		return (this.options.clusterIsNamed() && !named) ? StartPage.GROUPS : StartPage.GROUP;
	}

}
