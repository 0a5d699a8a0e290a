package lab.console.process;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A background job of a shell ignores SIGINT, and so do the processes that it starts.
 */
public final class DefaultSignals {

	private DefaultSignals() {
	}

	/**
	 * Returns the start of a command line that resets the signals. Empty where env does
	 * not have the option.
	 */
	public static List<String> env() throws Exception {
		List<String> env = List.of("env", "--default-signal=INT,TERM,HUP");
		Process tried = new ProcessBuilder(Stream.concat(env.stream(), Stream.of("true")).toList())
			.redirectErrorStream(true)
			.start();
		return (tried.waitFor(1, TimeUnit.MINUTES) && tried.exitValue() == 0) ? env : List.of();
	}

}
