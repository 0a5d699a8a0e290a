package lab.console.lesson.tour;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lab.console.lesson.Block;
import lab.console.lesson.Block.Recorded;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lesson.Step;
import lab.console.lesson.RecordedOutput;
import lab.console.lesson.report.BriefReport;
import lab.console.lesson.report.Observation;
import lab.console.lesson.report.TourReport;
import lab.console.terminal.BrokerKind;

/**
 * Notes what the blocks of one lesson print, and writes it into the lesson's file.
 */
final class OutputRecorder extends BriefReport {

	private final BrokerKind broker;

	private final Map<Block, List<String>> outputs = new IdentityHashMap<>();

	OutputRecorder(TourReport report, BrokerKind broker) {
		super(report);
		this.broker = broker;
	}

	@Override
	public void observed(Observation observation) {
		if (observation.block() != null) {
			this.outputs.put(observation.block(), observation.excerpt());
		}
		super.observed(observation);
	}

	/**
	 * Replaces the {@code output} blocks of the lesson's file. What was not run, because
	 * it is for another broker, stays as it is. What both brokers show is written from a
	 * run with the embedded one.
	 * @param paths are not written
	 * @return the number of outputs that the file has of this run
	 */
	int write(Path file, Lesson lesson, MachinePaths paths) throws IOException {
		List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
		List<Recorded> blocks = lesson.steps().stream().flatMap(this::recorded).toList();
		// from the last to the first, so that the numbers of the lines stay right
		for (int i = blocks.size() - 1; i >= 0; i--) {
			RecordedOutput place = blocks.get(i).recording();
			lines.subList(place.after(), place.last()).clear();
			lines.addAll(place.after(), fenced(blocks.get(i)));
		}
		String text = String.join("\n", lines) + "\n";
		Files.writeString(file, paths.removedFrom(text), StandardCharsets.UTF_8);
		return (int) blocks.stream().filter((block) -> !block.recording().lines().isEmpty()).count();
	}

	/**
	 * Returns the blocks of the step that were run, each with what it printed. The line
	 * that says that a service is ready stands with what is expected of it right after.
	 */
	private Stream<Recorded> recorded(Step step) {
		List<Recorded> recorded = new ArrayList<>();
		List<String> ready = List.of();
		for (int i = 0; i < step.blocks().size(); i++) {
			if (step.blocks().get(i) instanceof Recorded block && this.outputs.containsKey(block)
					&& (this.broker == BrokerKind.EMBEDDED || block.only() == this.broker)) {
				List<String> output = this.outputs.get(block);
				Block next = (i + 1 < step.blocks().size()) ? step.blocks().get(i + 1) : null;
				boolean goesOn = block instanceof Start start && next instanceof Watch watch
						&& start.service().equals(watch.service());
				List<String> lines = goesOn ? List.of()
						: ready.isEmpty() ? output : Stream.concat(ready.stream(), output.stream()).distinct().toList();
				ready = goesOn ? output : List.of();
				recorded
					.add(block.with(new RecordedOutput(lines, block.recording().after(), block.recording().last())));
			}
		}
		return recorded.stream();
	}

	private static List<String> fenced(Recorded block) {
		List<String> output = block.recording().lines();
		if (output.isEmpty()) {
			return List.of();
		}
		String fence = output.stream().anyMatch((line) -> line.contains("```")) ? "~~~~" : "```";
		String log = (block.terminal() != null) ? " log=" + block.terminal() : "";
		return Stream.of(Stream.of("", fence + "output" + log), output.stream(), Stream.of(fence))
			.flatMap((part) -> part)
			.toList();
	}

}
