package lab.console.classroom;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import lab.console.lesson.ProgressReport;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code lab class}: serves the page of a class until Ctrl-C.
 */
@Command(name = "class")
public final class ClassCommand implements Callable<Integer> {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private record OpenClass(String url, String word, List<String> addresses) {
	}

	@Mixin
	private final LabOptions options = new LabOptions();

	@Option(names = "--port", paramLabel = "PORT", descriptionKey = "class.port",
			defaultValue = "" + ProgressReport.PORT)
	private int port;

	@Option(names = "--network", descriptionKey = "class.network")
	private boolean network;

	@Option(names = "--word", paramLabel = "WORD", descriptionKey = "class.word")
	private @Nullable String word;

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		this.options.requirePort(this.port);
		if (this.word != null && !this.word.matches("\\S{4,}")) {
			throw new OptionException(messages.get("class.word-short"));
		}
		ClassWord word = (this.word != null) ? new ClassWord(this.word) : ClassWord.random();
		List<String> addresses = this.network ? addresses() : List.of("localhost");
		return Cleanup.run(new CleanupReport(messages), (cleanup) -> {
			cleanup.add("class", STOP_TIMEOUT, ClassServer.start(LabHome.ofProcess(),
					this.network ? "0.0.0.0" : "127.0.0.1", this.port, word, System.err, messages));
			say(word, addresses, messages);
			cleanup.awaitInterrupt();
			return 0;
		});
	}

	private void say(ClassWord word, List<String> addresses, Messages messages) {
		String url = "http://localhost:" + this.port;
		if (this.options.json()) {
			System.out.println(Json.line(new OpenClass(url, word.value(), addresses)));
			return;
		}
		System.out.println(messages.get("class.ready", url));
		System.out.println(messages.get(this.network ? "class.open" : "class.closed"));
		String suffix = (this.port != ProgressReport.PORT) ? ":" + this.port : "";
		for (String address : addresses.isEmpty() ? List.of("TEACHER") : addresses) {
			System.out
				.println("  ./lab tour --report %s --name NAME --word %s".formatted(address + suffix, word.value()));
		}
	}

	/**
	 * Returns the addresses under which others can reach this machine, as far as it knows
	 * them itself.
	 */
	private static List<String> addresses() throws SocketException {
		return NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress()
					&& !address.isLinkLocalAddress())
			.map((address) -> String.valueOf(address.getHostAddress()))
			.toList();
	}

}
