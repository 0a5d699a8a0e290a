package lab.console.lesson.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import lab.console.lesson.Block;
import lab.console.lesson.CheckResult;
import lab.console.lesson.RecordedOutput;
import org.jspecify.annotations.Nullable;

/**
 * The output of a block and the results of its checks.
 *
 * @param block null where a service ended by itself
 * @param command the script that was run, or the service whose log was read
 * @param source what printed the output
 */
public record Observation(@Nullable Block block, String command, List<String> output, Source source,
		List<CheckResult> checks, Duration took) {

	/**
	 * A longer output is cut to a few lines and those that are expected.
	 */
	static final int SHOWN = 16;

	static final int SHOWN_OF_MORE = 4;

	/**
	 * What printed an output: that of a command is shown in full, of a service's log only
	 * the lines that were expected.
	 */
	public enum Source {

		COMMAND, SERVICE

	}

	public boolean ok() {
		return this.checks.stream().allMatch(CheckResult::ok);
	}

	/**
	 * Returns the failed checks, first those that something which was seen contradicts.
	 */
	List<CheckResult> failures() {
		return this.checks.stream()
			.filter((check) -> !check.ok())
			.sorted(Comparator.comparing((check) -> check.seen() == null))
			.toList();
	}

	/**
	 * Whether a service was not awaited any longer, because it had ended, or printed what
	 * it must not.
	 */
	boolean endedEarly() {
		return this.source == Source.SERVICE
				&& this.checks.stream().anyMatch((check) -> !check.ok() && check.seen() != null);
	}

	/**
	 * Returns what a page shows of the output, without blank lines:
	 * {@link RecordedOutput#LEFT_OUT} stands for lines that are left out.
	 */
	public List<String> excerpt() {
		Set<String> expected = this.checks.stream()
			.map(CheckResult::seen)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		List<String> lines = this.output.stream().filter((line) -> !line.isBlank()).toList();
		int shown = (this.source == Source.SERVICE) ? 0 : (lines.size() > SHOWN) ? SHOWN_OF_MORE : SHOWN;
		List<String> excerpt = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			if (i < shown || expected.contains(lines.get(i))) {
				excerpt.add(lines.get(i).stripTrailing());
			}
			else if (this.source == Source.COMMAND
					&& !excerpt.get(excerpt.size() - 1).equals(RecordedOutput.LEFT_OUT)) {
				excerpt.add(RecordedOutput.LEFT_OUT);
			}
		}
		return excerpt;
	}

}
