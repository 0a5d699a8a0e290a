package lab.console.watch.screen;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

import lab.console.group.Cluster;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState;
import lab.console.instance.LabInstances;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.WindowSize;
import lab.console.watch.GroupView;
import lab.console.watch.GroupWatch;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code lab watch}: the board in a terminal, until Ctrl-C.
 */
@Command(name = "watch")
public class WatchCommand implements Callable<Integer> {

	private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Override
	public Integer call() throws Exception {
		// fails at once where the file of --command-config cannot be read
		Cluster.clientProperties(this.options);
		return Cleanup.run(new CleanupReport(this.options.messages()), this::watch);
	}

	/**
	 * Watches until Ctrl-C, or until what it prints is no longer read.
	 */
	private int watch(Cleanup cleanup) throws InterruptedException {
		WatchedGroup source = WatchedGroup.of(this.options);
		Terminal terminal = Terminal.ofProcess();
		CountDownLatch unread = new CountDownLatch(1);
		Consumer<GroupView> shown = shown(terminal, cleanup, this.options.messages());
		Supplier<Map<String, InstanceState>> instances = source.local() ? new LabInstances(LabHome.ofProcess())
				: Map::of;
		GroupWatch watch = cleanup.add("watch", CLOSE_TIMEOUT,
				new GroupWatch(this.options, source, instances, (view) -> {
					shown.accept(view);
					if (terminal.out().checkError()) {
						unread.countDown();
					}
				}));
		watch.start();
		unread.await();
		return 0;
	}

	private Consumer<GroupView> shown(Terminal terminal, Cleanup cleanup, Messages messages) {
		if (this.options.json()) {
			return new JsonLines(terminal.out());
		}
		if (!terminal.coloured()) {
			return new PlainLines(new ViewText(messages, ZoneId.systemDefault()), terminal.out());
		}
		Screen screen = new Screen(Terminal.screen());
		cleanup.add("screen", LEAVE_TIMEOUT, screen::leave);
		return new Redrawn(new Layout(terminal, messages, ZoneId.systemDefault()), screen);
	}

	/**
	 * Prints each view that differs from the last in more than times, as JSON.
	 */
	@RequiredArgsConstructor
	static final class JsonLines implements Consumer<GroupView> {

		private final PrintStream out;

		private @Nullable ObjectNode last;

		@Override
		public void accept(GroupView view) {
			ObjectNode facts = Json.tree(view).remove(List.of("now", "lag"));
			facts.withObject("broker").remove("at");
			facts.withObject("group").remove("at");
			if (!facts.equals(this.last)) {
				this.last = facts;
				this.out.println(Json.line(view));
			}
		}

	}

	/**
	 * Prints what happens, line by line, where the output is not a terminal.
	 */
	@RequiredArgsConstructor
	static final class PlainLines implements Consumer<GroupView> {

		private final ViewText text;

		private final PrintStream out;

		private int told;

		private String verdict = "";

		@Override
		public void accept(GroupView view) {
			ViewText.inOrder(view.feed().tailMap(this.told + 1).values())
				.forEach((entry) -> this.out.println(this.text.entry(entry, view)));
			this.told = view.feed().isEmpty() ? this.told : view.feed().lastKey();
			// its values may count seconds
			if (!view.verdict().key().equals(this.verdict)) {
				this.verdict = view.verdict().key();
				this.out.println(this.text.verdict(view));
			}
		}

	}

	/**
	 * Draws the board, at most twice a second.
	 */
	@RequiredArgsConstructor
	private static final class Redrawn implements Consumer<GroupView> {

		private static final Duration PAUSE = Duration.ofMillis(500);

		private final Layout layout;

		private final Screen screen;

		private Instant next = Instant.MIN;

		@Override
		public void accept(GroupView view) {
			// a view that is left out is followed by another within a second
			if (!view.now().isBefore(this.next)) {
				this.next = view.now().plus(PAUSE);
				this.screen.draw(this.layout.lines(view, WindowSize.ofTerminal()));
			}
		}

	}

}
