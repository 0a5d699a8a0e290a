package lab.console.lesson.tour;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import lab.console.lesson.Block;
import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Hint;
import lab.console.lesson.Block.OnBoard;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Script;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Stop;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.CheckResult;
import lab.console.lesson.Expectation;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lesson.Step;
import lab.console.lesson.Ticks;
import lab.console.lesson.report.BriefReport;
import lab.console.lesson.report.Observation;
import lab.console.lesson.report.Observation.Source;
import lab.console.lesson.report.TourReport;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;

/**
 * Runs a lesson, block by block, until its end or the first check that fails.
 */
final class Tour {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

	/**
	 * How long to wait, at least, before a command is run again: as long as it took,
	 * because one that starts a JVM would take a processor from what it waits for.
	 */
	private static final Duration RETRY_INTERVAL = Duration.ofMillis(300);

	/**
	 * For checks of work that was done by hand before: a group may still be rebalancing.
	 */
	static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * A console consumer waits without end for records that nobody has sent.
	 */
	static final Duration CHECK_LIMIT = Duration.ofSeconds(30);

	/**
	 * After how long the report says that the tour waits, so that nobody takes it for
	 * hung.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final Workplace workplace;

	private final BrokerKind broker;

	private final Ticks ticks;

	private final Messages messages;

	/**
	 * A brief report for the steps before the first one to show in full.
	 */
	private TourReport report;

	private final Map<String, BackgroundService> services = new HashMap<>();

	/**
	 * The size of each service's output when the step began, in bytes.
	 */
	private final Map<String, Long> stepBegan = new HashMap<>();

	/** Whether the report has said that the block that runs takes long. */
	private boolean longWait;

	/**
	 * The services' own blocks.
	 */
	private final Map<String, Start> starts = new HashMap<>();

	/**
	 * How many checks there are, also in the blocks that are not run because an earlier
	 * one fails.
	 */
	private int checks;

	/**
	 * How many checks of each block passed when it was last looked at.
	 */
	private final Map<Block, Integer> passed = new IdentityHashMap<>();

	Tour(Workplace workplace, BrokerKind broker, Ticks ticks, TourReport report, Messages messages) {
		this.workplace = workplace;
		this.broker = broker;
		this.ticks = ticks;
		this.report = report;
		this.messages = messages;
	}

	/**
	 * Runs the lesson.
	 * @param from the first step to report in full; those before it are run, too
	 * @return whether all checks passed
	 */
	boolean run(Lesson lesson, int from) {
		long start = System.nanoTime();
		TourReport full = this.report;
		full.lesson(lesson);
		this.report = (from > 1) ? new BriefReport(full) : full;
		countChecks(lesson.steps().stream().flatMap((step) -> step.blocks().stream()));
		run(lesson.intro());
		int number = 0;
		for (Step step : lesson.steps()) {
			this.report = (++number < from) ? new BriefReport(full) : full;
			this.report.step(number, lesson);
			this.services.forEach((name, service) -> this.stepBegan.put(name, service.position()));
			if (!run(step.blocks()) || !lookAgain(step)) {
				this.ticks.failed(lesson, number);
				full.stopped(number, lesson);
				break;
			}
			this.ticks.add(lesson, number);
		}
		full.ended(this.checks, passed(), since(start));
		return this.checks == passed();
	}

	/**
	 * Runs the step's checks again, as {@code lab tour --check} does, so that who has
	 * done the step by hand passes it, too. Leaves out the checks after which nothing was
	 * done. Only failures are reported.
	 */
	private boolean lookAgain(Step step) {
		List<Block> done = forThisBroker(step.blocks()).toList();
		int last = done.size() - 1;
		while (last >= 0 && !changes(done.get(last))) {
			last--;
		}
		List<Block> again = new Step(step.title(), done.subList(0, last + 1)).checks();
		TourReport full = this.report;
		this.report = new BriefReport(full);
		boolean ok = run(again);
		this.report = full;
		return ok;
	}

	private static boolean changes(Block block) {
		return block instanceof Start || block instanceof Stop || (block instanceof Run && !block.isCheck());
	}

	/**
	 * Checks whether a learner who works by hand has done a step, by running only the
	 * step's checks.
	 * @param limit how long each may take
	 * @param within how long each is repeated
	 * @return whether all checks passed, and there was at least one
	 */
	boolean check(Lesson lesson, int number, Duration limit, Duration within) {
		long start = System.nanoTime();
		Step step = lesson.step(number);
		this.report.step(number, lesson);
		List<Block> looks = step.checks()
			.stream()
			.map((block) -> (block instanceof Run run) ? run.limitedTo(limit, within) : block)
			.toList();
		countChecks(looks.stream());
		boolean ok = run(looks);
		if (ok) {
			forThisBroker(step.blocks()).filter(Watch.class::isInstance)
				.map(Watch.class::cast)
				.filter((watch) -> !watch.recording().lines().isEmpty())
				.forEach(this.report::look);
		}
		if (!ok) {
			this.ticks.failed(lesson, number);
			List<Integer> before = lesson.needed()
				.stream()
				.filter((other) -> other < number && !this.ticks.steps(lesson).contains(other))
				.toList();
			if (!before.isEmpty()) {
				this.report.notDoneBefore(before);
			}
		}
		else if (this.checks > 0) {
			this.ticks.add(lesson, number);
		}
		this.report.ended(this.checks, passed(), since(start));
		return ok && this.checks > 0;
	}

	private boolean run(List<Block> blocks) {
		for (Iterator<Block> rest = forThisBroker(blocks).iterator(); rest.hasNext();) {
			Block block = rest.next();
			Optional<Observation> observation = run(block).or(this::unexpectedEnd);
			observation.ifPresent(this::count);
			if (observation.isPresent() && !observation.get().ok()) {
				// a service may end only after the check that the hint belongs to
				Block advice = (block instanceof Hint || !rest.hasNext()) ? block : rest.next();
				if (advice instanceof Hint hint) {
					this.report.advise(hint);
				}
				return false;
			}
		}
		return true;
	}

	private Stream<Block> forThisBroker(List<Block> blocks) {
		return blocks.stream().filter(this::isForThisBroker);
	}

	private void countChecks(Stream<Block> blocks) {
		this.passed.clear();
		this.checks = blocks.filter(this::isForThisBroker).mapToInt(Block::checks).sum();
	}

	private boolean isForThisBroker(Block block) {
		return block.only() == null || block.only() == this.broker;
	}

	private int passed() {
		return this.passed.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * A block that fails has a failed check of its own, even if only its exit status is
	 * wrong. A service that has ended fails the block that started it.
	 */
	private void count(Observation observation) {
		Block block = (observation.block() != null) ? observation.block() : this.starts.get(observation.command());
		if (block != null) {
			int ok = (int) observation.checks().stream().filter(CheckResult::ok).count();
			this.passed.put(block, observation.ok() ? block.checks() : Math.min(ok, block.checks() - 1));
		}
		this.report.observed(observation);
		if (observation.ok() && observation.block() instanceof Run run) {
			List<String> missing = run
				.drift(observation.output().stream().map(this.workplace.paths()::removedFrom).toList());
			if (!missing.isEmpty()) {
				this.report.drifted(run.recording().after(), missing);
			}
		}
	}

	private Optional<Observation> run(Block block) {
		if (block instanceof Prose prose) {
			this.report.read(prose);
		}
		else if (block instanceof Prediction prediction) {
			this.report.ask(prediction);
		}
		else if (block instanceof Answer answer) {
			this.report.tell(answer);
		}
		else if (!(block instanceof Hint || block instanceof OnBoard)) {
			Optional<Observation> ended = unexpectedEnd();
			return ended.isPresent() ? ended : Optional.of(execute(block));
		}
		return Optional.empty();
	}

	private Observation execute(Block block) {
		this.longWait = false;
		if (block instanceof Run run) {
			return command(run);
		}
		if (block instanceof Start start) {
			return start(start);
		}
		if (block instanceof Watch watch) {
			return watch(watch);
		}
		return stop((Stop) block);
	}

	/**
	 * Reports a service that has ended without having been stopped.
	 */
	private Optional<Observation> unexpectedEnd() {
		return this.workplace.services()
			.filter((service) -> !service.isAlive())
			.findFirst()
			.map((service) -> new Observation(null, service.name(), service.linesFrom(0), Source.SERVICE,
					List.of(new CheckResult(this.messages.get("tour.check.goes-on", service.name()),
							status(service.process().exitValue()), false)),
					Duration.ZERO));
	}

	private Observation command(Run run) {
		long start = System.nanoTime();
		String script = script(run.script());
		this.report.typed("", script);
		Duration within = run.within();
		while (true) {
			long attempt = System.nanoTime();
			Observation observation = runOnce(run, script, start);
			if (observation.ok() || since(start).compareTo(within) >= 0) {
				return observation;
			}
			sayThatItTakesLong(start, within);
			this.workplace.pause(longer(RETRY_INTERVAL, since(attempt)));
		}
	}

	private Observation runOnce(Run run, String script, long start) {
		Path file = this.workplace.output();
		Integer status = this.workplace.run(script, file, run.limit(),
				() -> sayThatItTakesLong(start, run.within().isZero() ? null : run.within()));
		List<String> output = Output.lines(file);
		List<CheckResult> checks = new ArrayList<>();
		if (status == null) {
			checks.add(new CheckResult(this.messages.get("tour.check.time", run.limit().toSeconds()),
					this.messages.get("tour.check.too-long"), false));
		}
		else if (status != run.status() || run.expectation() == null) {
			checks.add(new CheckResult(status(run.status()), status(status), status == run.status()));
		}
		if (run.expectation() != null) {
			checks.addAll(run.expectation().check(output));
		}
		return new Observation(run, script, output, Source.COMMAND, checks, since(start));
	}

	private Observation start(Start block) {
		long start = System.nanoTime();
		String script = script(block.script());
		this.report.typed(block.service(), script);
		this.report.waiting(block.ready());
		BackgroundService service = this.workplace.start(block.service(), script);
		this.services.put(block.service(), service);
		this.starts.put(block.service(), block);
		this.stepBegan.put(block.service(), 0L);
		awaitTrue(() -> !service.isAlive() || readyLine(service, block).isPresent(), block.limit(), () -> {
		});
		String line = readyLine(service, block).orElse(null);
		List<CheckResult> checks = new ArrayList<>();
		checks.add(new CheckResult(block.ready(), line, line != null));
		if (!service.isAlive()) {
			checks.add(new CheckResult(this.messages.get("tour.check.goes-on", block.service()),
					status(service.process().exitValue()), false));
		}
		return new Observation(block, script, service.linesFrom(0), Source.SERVICE, checks, since(start));
	}

	private static Optional<String> readyLine(BackgroundService service, Start block) {
		return service.linesFrom(0).stream().filter((line) -> line.contains(block.ready())).findFirst();
	}

	private Observation watch(Watch watch) {
		long start = System.nanoTime();
		BackgroundService service = service(watch.service());
		long from = this.stepBegan.getOrDefault(watch.service(), 0L);
		Expectation expectation = watch.expectation();
		awaitTrue(() -> unexpectedEnd().isPresent() || expectation.isSettled(service.linesFrom(from)),
				expectation.within(), () -> sayThatItTakesLong(start, expectation.within()));
		List<String> output = service.linesFrom(from);
		// the latest line first: an earlier one may be of something else in the same step
		List<String> latestFirst = new ArrayList<>(output);
		Collections.reverse(latestFirst);
		List<CheckResult> checks = new ArrayList<>(expectation.check(latestFirst));
		unexpectedEnd().ifPresent((end) -> checks.addAll(end.checks()));
		return new Observation(watch, watch.service(), output, Source.SERVICE, checks, since(start));
	}

	private Observation stop(Stop stop) {
		long start = System.nanoTime();
		this.report.typed(stop.service(), "^C");
		boolean stopped = this.workplace.stop(service(stop.service()));
		String ended = this.messages.get("tour.check.ended", stop.service());
		return new Observation(stop, stop.service(), List.of(), Source.SERVICE,
				List.of(new CheckResult(ended, stopped ? ended : null, stopped)), since(start));
	}

	private BackgroundService service(String name) {
		BackgroundService service = this.services.get(name);
		if (service == null) {
			throw new IllegalStateException(name + " was started for another broker only");
		}
		return service;
	}

	/**
	 * Returns the script to run: with Docker, a broker's script runs in its container.
	 */
	private String script(Script script) {
		if (!script.inBroker() || this.broker != BrokerKind.DOCKER) {
			return script.text();
		}
		return "cd kafka\ndocker-compose exec -T kafka bash -c '" + script.text().replace("'", "'\\''") + "'";
	}

	/**
	 * @param waiting is run again and again meanwhile
	 */
	private void awaitTrue(BooleanSupplier condition, Duration within, Runnable waiting) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean() && since(start).compareTo(within) < 0) {
			waiting.run();
			this.workplace.pause(POLL_INTERVAL);
		}
	}

	private void sayThatItTakesLong(long start, @Nullable Duration atMost) {
		if (!this.longWait && since(start).compareTo(PATIENCE) >= 0) {
			this.longWait = true;
			this.report.takesLong(atMost);
		}
	}

	private String status(int status) {
		return this.messages.get("tour.check.status", status);
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration since(long nanoTime) {
		return Duration.ofNanos(System.nanoTime() - nanoTime);
	}

}
