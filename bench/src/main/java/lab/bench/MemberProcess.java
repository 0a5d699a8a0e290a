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
 * A process that is one member after another, so that a member starts in a JVM that is
 * warm and can be killed and held still as only a process can.
 * <p>
 * Reads from standard input, a line each, with tabs between words:
 * {@code join spring|plain ARGUMENT...} and {@code leave}; the end of the input ends it.
 * Answers {@code ready}, {@code joined INSTANT}, {@code left} or {@code failed REASON} on
 * standard output; everything else that is printed goes to standard error.
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
		new MemberProcess(answers).obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
		System.exit(0);
	}

	private void obey(BufferedReader orders) throws IOException {
		this.answers.println("ready");
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			try {
				obey(List.of(line.split("\t")));
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

	private void obey(List<String> words) throws Exception {
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
