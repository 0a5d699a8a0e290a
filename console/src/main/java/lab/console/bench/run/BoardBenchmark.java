package lab.console.bench.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import lab.console.bench.measure.Figure;
import lab.console.process.Ports;
import lab.console.terminal.LabException;

/**
 * What the board needs while nothing happens, by the number of members, of partitions and
 * of pages that are open. It is {@code lab board} in a process of its own. The members
 * and the pages are in the JVM of this benchmark.
 */
final class BoardBenchmark implements Benchmark {

	private static final Figure CPU = new Figure("cpu", "% of a core");

	private static final Figure MEMORY = new Figure("memory", "MB");

	/**
	 * Three times as long as other benchmarks, because some work runs only every ten
	 * seconds.
	 */
	private static final int TIMES = 3;

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private static final int OK = 200;

	private static final List<Group> GROUPS = List.of(new Group("small", 2, 2, 1), new Group("members-64", 64, 64, 1),
			new Group("partitions-512", 2, 512, 1), new Group("pages-10", 2, 2, 10));

	private final Duration measured;

	private final BenchLab lab;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	BoardBenchmark(Duration measured, BenchLab lab) {
		this.measured = measured.multipliedBy(TIMES);
		this.lab = lab;
	}

	/**
	 * @param pages how many show it
	 */
	private record Group(String name, int members, int partitions, int pages) {
	}

	@Override
	public List<String> variants() {
		return GROUPS.stream().map(Group::name).toList();
	}

	@Override
	public List<Figure> figures() {
		return List.of(CPU, MEMORY);
	}

	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		Group group = GROUPS.stream().filter((one) -> one.name.equals(variant)).findFirst().orElseThrow();
		String prefix = this.lab.nextPrefix();
		this.lab.topics().create(prefix + "topic", group.partitions);
		try (IdleMembers members = new IdleMembers(group.members, this.lab.client(), prefix + "group",
				prefix + "topic")) {
			this.lab.await(() -> members.owned() == group.partitions, TIMEOUT);
			try (BoardProcess board = new BoardProcess(prefix + "group")) {
				this.lab.await(board::answers, TIMEOUT);
				List<CompletableFuture<?>> pages = new ArrayList<>();
				for (int page = 0; page < group.pages; page++) {
					pages.add(board.open());
				}
				// a JVM still compiles after its start
				TimeUnit.MILLISECONDS.sleep(this.measured.toMillis());
				double before = board.usage.cpuSeconds();
				long begin = System.nanoTime();
				TimeUnit.MILLISECONDS.sleep(this.measured.toMillis());
				double seconds = (System.nanoTime() - begin) / 1e9;
				if (pages.stream().anyMatch(CompletableFuture::isDone)) {
					throw new LabException(this.lab.messages().get("bench.board.closed"));
				}
				return Map.of(CPU.name(), (board.usage.cpuSeconds() - before) / seconds * 100, MEMORY.name(),
						board.usage.memoryMb());
			}
		}
	}

	/**
	 * A {@code lab board} of its own.
	 */
	private final class BoardProcess implements AutoCloseable {

		private final URI url;

		private final BenchProcess process;

		private final ProcessUsage usage;

		BoardProcess(String group) {
			int port = Ports.free();
			this.url = URI.create("http://localhost:" + port + "/");
			BenchLab lab = BoardBenchmark.this.lab;
			this.process = new BenchProcess("board",
					List.of(lab.home().root().resolve("lab").toString(), "board", "--group", group, "--port",
							String.valueOf(port), "--bootstrap-server", lab.bootstrapServers()),
					Map.of("LAB_HOME", lab.home().state().toString()), lab);
			this.usage = new ProcessUsage("lab board", this.process.handle(), lab.messages());
		}

		boolean answers() {
			try {
				return BoardBenchmark.this.client
					.send(HttpRequest.newBuilder(this.url).timeout(TIMEOUT).build(),
							HttpResponse.BodyHandlers.discarding())
					.statusCode() == OK;
			}
			catch (IOException ex) {
				// not there yet
				return false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		/**
		 * Opens its stream, as a page does; complete when it ends.
		 */
		CompletableFuture<?> open() {
			return BoardBenchmark.this.client.sendAsync(HttpRequest.newBuilder(this.url.resolve("api/board")).build(),
					HttpResponse.BodyHandlers.discarding());
		}

		@Override
		public void close() {
			this.process.close();
		}

	}

}
