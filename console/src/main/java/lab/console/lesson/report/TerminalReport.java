package lab.console.lesson.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Hint;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.CheckResult;
import lab.console.lesson.Lesson;
import lab.console.lesson.report.Observation.Source;
import lab.console.terminal.DisplayWidth;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.jspecify.annotations.Nullable;

/**
 * Reports a tour to a person at a terminal: prose, commands, output, and a tick at each
 * line that the lesson expects.
 */
public final class TerminalReport implements TourReport {

	private static final int SHOWN_OF_A_FAILURE = 40;

	/** The cause is in the lines between these. */
	private static final Pattern STACK_FRAME = Pattern
		.compile("\\s+at [\\w.$/@<>-]+\\(.*\\).*|\\s+\\.\\.\\. \\d+ (more|common frames omitted)");

	private final Terminal terminal;

	private final Messages messages;

	private final BufferedReader keyboard;

	private final int width;

	private final ProseRenderer prose;

	private String lesson = "";

	private String said = "";

	public TerminalReport(Terminal terminal, Messages messages, BufferedReader keyboard, int width) {
		this.terminal = terminal;
		this.messages = messages;
		this.keyboard = keyboard;
		this.width = width;
		this.prose = new ProseRenderer(terminal);
	}

	@Override
	public void lesson(Lesson lesson) {
		println("");
		println(this.terminal.style(Style.BOLD, lesson.title()));
	}

	@Override
	public void standIn(String sentence) {
		println(this.terminal.style(Style.DIM, sentence));
	}

	@Override
	public void step(int number, Lesson lesson) {
		this.lesson = lesson.name();
		println("");
		println(this.terminal.style(Style.BOLD,
				"── %d/%d  %s".formatted(number, lesson.steps().size(), lesson.step(number).title())));
	}

	@Override
	public void read(Prose prose) {
		println("");
		this.prose.render(prose.node(), this.width).forEach(this::println);
	}

	@Override
	public void ask(Prediction prediction) {
		if (!this.terminal.interactive()) {
			return;
		}
		println("");
		this.prose.render(prediction.question(), this.width).forEach(this::println);
		this.terminal.out().print(this.terminal.style(Style.YELLOW, this.messages.get("tour.your-answer") + " "));
		this.terminal.out().flush();
		try {
			while (this.keyboard.ready()) {
				// skip what was typed before the question
				this.keyboard.read();
			}
			String line = this.keyboard.readLine();
			this.said = (line != null) ? line.strip() : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void tell(Answer answer) {
		println("");
		if (!this.said.isEmpty()) {
			println(this.terminal.style(Style.YELLOW, this.messages.get("tour.you-said", this.said)));
			this.said = "";
		}
		this.prose.render(answer.nodes(), this.width).forEach(this::println);
	}

	@Override
	public void advise(Hint hint) {
		println("");
		this.prose.render(hint.advice(), this.width).forEach(this::println);
	}

	@Override
	public void look(Watch watch) {
		println("");
		println("  " + this.messages.get("tour.look", watch.service()));
		watch.recording().lines().forEach((line) -> println("    " + this.terminal.style(Style.BOLD, cut(line))));
	}

	@Override
	public void typed(String terminal, String script) {
		println("");
		String prompt = (terminal.isEmpty() ? "" : terminal + " ") + "$ ";
		script.lines()
			.forEach((line) -> println(
					"  " + this.terminal.style(Style.DIM, prompt) + this.terminal.style(Style.BOLD, line)));
	}

	@Override
	public void waiting(String ready) {
		println("    " + this.terminal.style(Style.DIM, this.messages.get("tour.waiting", ready)));
	}

	@Override
	public void takesLong(@Nullable Duration atMost) {
		String told = (atMost == null) ? this.messages.get("tour.still-running")
				: this.messages.get("tour.waits", round(atMost));
		println("    " + this.terminal.style(Style.DIM, told));
	}

	@Override
	public void observed(Observation observation) {
		List<String> lines = observation.ok() ? passed(observation) : failed(observation);
		int last = lines.size() - 1;
		lines.set(last, lines.get(last) + this.terminal.style(Style.DIM, "  " + duration(observation.took())));
		lines.forEach(this::println);
	}

	private List<String> passed(Observation observation) {
		List<String> ticks = observation.checks()
			.stream()
			.map(CheckResult::seen)
			.filter(Objects::nonNull)
			.distinct()
			.collect(Collectors.toCollection(ArrayList::new));
		List<String> lines = new ArrayList<>();
		List<String> output = observation.output().stream().filter((line) -> !line.isBlank()).toList();
		int limit = (output.size() > Observation.SHOWN) ? Observation.SHOWN_OF_MORE : Observation.SHOWN;
		int hidden = 0;
		int shown = 0;
		for (String line : output) {
			if (ticks.remove(line)) {
				lines.add(tick(line));
			}
			else if (observation.source() == Source.COMMAND) {
				if (shown++ < limit) {
					lines.add("    " + this.terminal.style(Style.DIM, cut(line)));
				}
				else {
					hidden++;
				}
			}
		}
		if (hidden > 0) {
			lines.add("    " + this.terminal.style(Style.DIM, this.messages.get("tour.more-lines", hidden)));
		}
		ticks.forEach((rest) -> lines.add(tick(rest)));
		observation.checks()
			.stream()
			.filter((check) -> check.seen() == null)
			.forEach((check) -> lines.add(tick(text(check))));
		return lines;
	}

	private String text(CheckResult check) {
		return check.forbidden() ? this.messages.get("tour.not-seen", check.expected().substring(1)) : check.expected();
	}

	private String wanted(CheckResult check) {
		return check.forbidden() ? this.messages.get("tour.forbidden", check.expected().substring(1))
				: this.messages.get("tour.expected", check.expected());
	}

	private String found(CheckResult check, Observation observation) {
		if (check.seen() != null) {
			return this.messages.get(check.forbidden() ? "tour.forbidden-seen" : "tour.seen", check.seen());
		}
		return this.messages.get(observation.endedEarly() ? "tour.not-awaited" : "tour.missing");
	}

	private List<String> failed(Observation observation) {
		List<String> lines = new ArrayList<>();
		// what has not appeared until the wait ended might have appeared later
		observation.checks()
			.stream()
			.filter((check) -> check.ok() && !(check.forbidden() && observation.endedEarly()))
			.forEach((check) -> lines.add(tick(text(check))));
		observation.failures().forEach((check) -> {
			lines.add("  " + this.terminal.style(Style.RED, "✗ " + wanted(check)));
			lines.add("    " + found(check, observation));
		});
		List<String> output = observation.output()
			.stream()
			.filter((line) -> !STACK_FRAME.matcher(line).matches())
			.toList();
		lines.add("    " + this.messages.get(output.isEmpty() ? "tour.no-output" : "tour.output"));
		output.subList(Math.max(0, output.size() - SHOWN_OF_A_FAILURE), output.size())
			.forEach((line) -> lines.add("    │ " + line));
		return lines;
	}

	@Override
	public void notDoneBefore(List<Integer> steps) {
		println("");
		println(this.messages.get("tour.not-done-before",
				steps.stream().map(String::valueOf).collect(Collectors.joining(", "))));
	}

	@Override
	public void stopped(int number, Lesson lesson) {
		println("");
		println(this.messages.get("tour.stopped", number, lesson.steps().size()));
	}

	@Override
	public void ended(int checks, int passed, Duration took) {
		println("");
		boolean ok = checks == passed;
		println(this.terminal.style(ok ? Style.GREEN : Style.RED,
				(ok ? "✓ " : "✗ ") + this.messages.get("tour.ended", passed, checks, duration(took))));
	}

	@Override
	public void drifted(int line, List<String> missing) {
		println("    " + this.terminal.style(Style.YELLOW,
				this.messages.get("tour.drifted", this.lesson, line, missing.get(0))));
	}

	private String tick(String line) {
		return "  " + this.terminal.style(Style.GREEN, "✓ ") + cut(line.strip());
	}

	/**
	 * Cuts a line to three lines of the terminal, which wraps them: Kafka's tables are
	 * wide.
	 */
	private String cut(String line) {
		return DisplayWidth.cut(line.stripTrailing(), 3 * this.width);
	}

	private String duration(Duration took) {
		return (took.toMinutes() > 0) ? this.messages.get("tour.minutes", took.toMinutes(), took.toSecondsPart())
				: this.messages.get("tour.seconds", String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0));
	}

	private String round(Duration time) {
		return (time.toSecondsPart() == 0) ? this.messages.get("board.minutes", time.toMinutes())
				: this.messages.get("board.seconds", time.toSeconds());
	}

	private void println(String line) {
		this.terminal.println(line);
	}

}
