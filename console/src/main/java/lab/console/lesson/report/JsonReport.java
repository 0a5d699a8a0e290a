package lab.console.lesson.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lab.console.lesson.CheckResult;
import lab.console.lesson.Lesson;
import lab.console.terminal.Json;
import lab.console.terminal.Terminal;
import lombok.RequiredArgsConstructor;

/**
 * Prints one JSON object a line: one for each check, and one for the lesson at the end.
 */
@RequiredArgsConstructor
public final class JsonReport implements TourReport {

	private final Terminal terminal;

	private String lesson = "";

	private String title = "";

	private int step;

	@Override
	public void step(int number, Lesson lesson) {
		this.step = number;
		this.lesson = lesson.name();
		this.title = lesson.step(number).title();
	}

	@Override
	public void observed(Observation observation) {
		for (CheckResult check : observation.checks()) {
			Map<String, Object> line = new LinkedHashMap<>();
			line.put("lesson", this.lesson);
			line.put("step", this.step);
			line.put("title", this.title);
			line.put("command", observation.command());
			line.put("expected", check.expected());
			line.put("seen", check.seen());
			line.put("ok", check.ok());
			line.put("seconds", observation.took().toMillis() / 1000.0);
			if (!check.ok()) {
				line.put("output", observation.output());
			}
			println(line);
		}
	}

	@Override
	public void drifted(int line, List<String> missing) {
		Map<String, Object> drift = new LinkedHashMap<>();
		drift.put("lesson", this.lesson);
		drift.put("step", this.step);
		drift.put("line", line);
		drift.put("drifted", missing);
		println(drift);
	}

	@Override
	public void ended(int checks, int passed, Duration took) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("lesson", this.lesson);
		line.put("checks", checks);
		line.put("passed", passed);
		line.put("ok", checks == passed);
		line.put("seconds", took.toMillis() / 1000.0);
		println(line);
	}

	private void println(Map<String, Object> line) {
		this.terminal.println(Json.line(line));
	}

}
