package lab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * A process that runs one member after another. Each member after the first starts in a
 * warm JVM, and can be killed or paused with its process.
 * <p>
 * Reads commands from standard input, one a line, with tabs between words:
 * {@code join spring|plain ARGUMENT...} and {@code leave}. Ends at the end of the input.
 * Writes {@code ready}, {@code joined INSTANT}, {@code left} or {@code failed REASON} to
 * standard output; all other output goes to standard error.
 */
final class MemberProcess {

	private final PrintStream answers;

	private @Nullable Member member;

	private MemberProcess(PrintStream answers) {
		this.answers = answers;
	}

	public static void main(String[] args) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		new MemberProcess(answers).run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
		System.exit(0);
	}

	private void run(BufferedReader commands) throws IOException {
		this.answers.println("ready");
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			try {
				execute(List.of(line.split("\t")));
			}
			catch (Exception ex) {
				this.answers.println("failed\t"
						+ String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex)).replaceAll("\\s+", " "));
			}
		}
		try {
			leave();
		}
		catch (Exception ex) {
			System.err.println("It did not leave: " + ex);
		}
	}

	private void execute(List<String> words) throws Exception {
		switch (words.get(0)) {
			case "join" -> join(words.get(1), new MemberSettings(words.subList(2, words.size())));
			case "leave" -> {
				leave();
				this.answers.println("left");
			}
			default -> throw new IllegalArgumentException("neither join nor leave: " + words);
		}
	}

	private void join(String kind, MemberSettings settings) throws Exception {
		Member member = kind.equals("spring") ? new SpringMember() : new PlainMember();
		this.member = member;
		member.join(settings, (begun) -> this.answers.println("joined\t" + begun));
	}

	private void leave() throws Exception {
		if (this.member != null) {
			this.member.leave();
			this.member = null;
		}
	}

}
