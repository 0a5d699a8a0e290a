package lab.console.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import lab.console.bench.measure.BenchResults;
import lab.console.bench.measure.Measurement;
import lab.console.bench.run.BenchKind;
import lab.console.bench.run.BenchRun;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/**
 * {@code lab bench}: measures how fast the lab's own programs are.
 */
@Command(name = "bench")
public class BenchCommand implements Callable<Integer> {

	private static final int ROUNDS = 5;

	private static final int QUICK_ROUNDS = 2;

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(paramLabel = "NAME", arity = "0..*", descriptionKey = "bench.name",
			completionCandidates = BenchNames.class)
	private List<String> names = List.of();

	@Option(names = "--rounds", paramLabel = "N", descriptionKey = "bench.rounds")
	private @Nullable Integer rounds;

	@Option(names = "--quick", descriptionKey = "bench.quick")
	private boolean quick;

	@Option(names = "--out", paramLabel = "DIR", descriptionKey = "bench.out")
	private @Nullable Path out;

	@Option(names = "--from", paramLabel = "DIR", descriptionKey = "bench.from")
	private @Nullable Path from;

	@Spec
	private @Nullable CommandSpec spec;

	/**
	 * The benchmarks that the help lists.
	 */
	private static final class BenchNames implements Iterable<String> {

		@Override
		public Iterator<String> iterator() {
			return Arrays.stream(BenchKind.values()).map(BenchKind::toString).iterator();
		}

	}

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		// the lab's own figures in few minutes
		boolean ownOnly = this.quick && this.names.isEmpty();
		List<BenchKind> kinds = this.names.isEmpty() ? Arrays.asList(BenchKind.values())
				: this.names.stream().map((name) -> BenchKind.named(name, messages)).toList();
		Path folder = folder(messages);
		if (this.from != null) {
			Path results = this.from;
			List<BenchKind> measured = kinds.stream().filter((kind) -> Files.exists(file(results, kind))).toList();
			for (BenchKind kind : (this.names.isEmpty() && !measured.isEmpty()) ? measured : kinds) {
				show(kind, read(file(results, kind), messages), folder, messages);
			}
			return 0;
		}
		if (ownOnly) {
			kinds = kinds.stream().filter(BenchKind::measuresTheLab).toList();
		}
		kinds.forEach((kind) -> kind.requirePossible(messages));
		int rounds = (this.rounds != null) ? this.rounds : ownOnly ? 1 : this.quick ? QUICK_ROUNDS : ROUNDS;
		if (rounds < 1) {
			throw new OptionException(messages.get("compare.at-least", "--rounds", 1, rounds));
		}
		LabHome home = LabHome.ofProcess();
		LabHome own = new LabHome(home.root(), home.folder("bench"));
		own.pidFile("bench").claim().ifPresent((process) -> {
			throw new LabException(messages.get("bench.running", process.pid()));
		});
		for (BenchKind kind : kinds) {
			BenchRun run = new BenchRun(kind, rounds, this.quick, ownOnly, commandLine());
			System.err.println(messages.get("bench.begin", kind, messages.get("bench." + kind + ".what")));
			int status = Cleanup.run(new CleanupReport(messages), (cleanup) -> {
				BenchResults results = run.perform(own,
						(measurement, all) -> System.err.println(progress(measurement, all)), messages, cleanup);
				write(Json.line(results) + "\n", file(folder, kind), messages);
				show(kind, results, folder, messages);
				return 0;
			});
			if (status != 0) {
				System.err.println(messages.get("bench.interrupted", kind));
				return status;
			}
		}
		return 0;
	}

	private static Path file(Path folder, BenchKind kind) {
		return folder.resolve(kind + ".json");
	}

	private static BenchResults read(Path file, Messages messages) {
		try {
			return Json.read(Files.readString(file), BenchResults.class);
		}
		catch (IOException | JacksonException ex) {
			throw new LabException(messages.get("bench.unreadable", file), ex);
		}
	}

	/**
	 * Writes the page and the drawing of results, and prints them.
	 */
	private void show(BenchKind kind, BenchResults results, Path folder, Messages messages) {
		write(new BenchPage(messages).page(results), folder.resolve(kind + ".html"), messages);
		write(BenchPlots.draw(results), folder.resolve(kind + ".svg"), messages);
		print(results, messages);
	}

	private static String progress(Measurement measurement, int rounds) {
		return "%d/%d %s: %s".formatted(measurement.round(), rounds, measurement.variant(),
				measurement.values()
					.entrySet()
					.stream()
					.map((value) -> value.getKey() + " " + BenchReport.number(value.getValue()))
					.sorted()
					.collect(Collectors.joining(", ")));
	}

	private void print(BenchResults results, Messages messages) {
		if (this.options.json()) {
			results.rows().forEach((row) -> System.out.println(Json.line(row)));
			return;
		}
		new BenchReport(messages).lines(results).forEach(System.out::println);
	}

	private Path folder(Messages messages) {
		Path folder = (this.out != null) ? this.out : LabHome.ofProcess().folder("bench").resolve("results");
		try {
			return Files.createDirectories(folder);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("bench.unwritable", folder), ex);
		}
	}

	private static void write(String results, Path file, Messages messages) {
		try {
			Files.writeString(file, results);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("bench.unwritable", file), ex);
		}
		System.err.println(messages.get("bench.written", file));
	}

	private String commandLine() {
		return "./lab "
				+ String.join(" ", Objects.requireNonNull(this.spec).commandLine().getParseResult().originalArgs());
	}

}
