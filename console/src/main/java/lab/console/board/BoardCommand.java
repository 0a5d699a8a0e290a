package lab.console.board;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import lab.console.group.Cluster;
import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * {@code lab board}: serves the page, without starting the lab, until Ctrl-C.
 */
@Command(name = "board")
public class BoardCommand implements Callable<Integer> {

	private record Ready(String url) {
	}

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Option(names = "--port", paramLabel = "PORT", descriptionKey = "board.port", defaultValue = "" + Board.PORT)
	private int port;

	@Override
	public Integer call() throws InterruptedException {
		Messages messages = this.options.messages();
		if (this.port < 1 || this.port > 65535) {
			throw new LabException(messages.get("board.port-wrong", this.port));
		}
		// fails at once where the file of --command-config cannot be read
		Cluster.clientProperties(this.options);
		CountDownLatch closed = new CountDownLatch(1);
		try (ConfigurableApplicationContext board = Board.start(LabHome.ofProcess(), this.options,
				WatchedGroup.of(this.options), this.port, messages)) {
			board.addApplicationListener((ContextClosedEvent event) -> closed.countDown());
			String url = "http://localhost:" + this.port;
			System.out.println(this.options.json() ? Json.line(new Ready(url)) : messages.get("board.ready", url));
			closed.await();
		}
		return 0;
	}

}
