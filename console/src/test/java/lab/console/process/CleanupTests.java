package lab.console.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * In this process, and in one that is told to end.
 */
class CleanupTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final List<String> undone = new CopyOnWriteArrayList<>();

	private final List<String> reported = new CopyOnWriteArrayList<>();

	private final Cleanup cleanup = new Cleanup(
			(what, reason) -> this.reported.add(what + ": " + reason.getClass().getSimpleName()));

	@TempDir
	private Path folder;

	private Process process;

	@AfterEach
	void endAll() {
		this.cleanup.close();
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	@Test
	void undoesEachStepOnceInReverseOrder() {
		add("broker");
		add("order");
		add("product1");
		this.cleanup.close();
		this.cleanup.close();
		assertThat(this.undone).containsExactly("product1", "order", "broker");
		assertThat(this.reported).isEmpty();
	}

	@Test
	void returnsTheResourceThatItWillClose() {
		AutoCloseable order = () -> this.undone.add("order");
		assertThat(this.cleanup.add("order", LONG, order)).isSameAs(order);
		assertThat(this.undone).isEmpty();
		this.cleanup.close();
		assertThat(this.undone).containsExactly("order");
	}

	@Test
	void reportsAStepThatExceedsItsDeadlineAndGoesOn() throws Exception {
		CountDownLatch interrupted = new CountDownLatch(1);
		add("broker");
		this.cleanup.add("order", Duration.ofMillis(50), () -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		});
		this.cleanup.close();
		assertThat(this.reported).containsExactly("order: " + TimeoutException.class.getSimpleName());
		assertThat(this.undone).containsExactly("broker");
		assertThat(interrupted.await(1, TimeUnit.MINUTES)).as("the step is interrupted").isTrue();
	}

	@Test
	void throwsWhatAStepThrewAfterTheOthersAreUndone() {
		add("broker");
		this.cleanup.add("order", LONG, () -> {
			throw new IllegalStateException("first");
		});
		this.cleanup.add("product1", LONG, () -> {
			throw new IOException("last");
		});
		assertThatIllegalStateException().isThrownBy(this.cleanup::close)
			.withMessageContaining("last")
			.satisfies((failure) -> assertThat(failure.getSuppressed()).singleElement()
				.extracting(Throwable::getMessage)
				.isEqualTo("first"));
		assertThat(this.undone).containsExactly("broker");
	}

	@Test
	void undoesAtOnceWhatIsAddedAfterClosingBegan() {
		this.cleanup.add("broker", LONG, () -> {
			add("order");
			assertThat(this.undone).containsExactly("order");
			add("broker");
		});
		this.cleanup.close();
		assertThat(this.undone).containsExactly("order", "broker");
		add("late");
		assertThat(this.undone).endsWith("late");
		assertThat(this.reported).isEmpty();
	}

	@Test
	void anInterruptOfTheThreadThatClosesKeepsNoStepFromBeingDone() {
		add("broker");
		this.cleanup.add("order", LONG, () -> assertThat(Thread.currentThread().isInterrupted()).isFalse());
		Thread.currentThread().interrupt();
		this.cleanup.close();
		assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
		assertThat(this.undone).containsExactly("broker");
	}

	@Test
	void aSecondThreadThatClosesWaitsForTheFirst() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.cleanup.add("broker", LONG, () -> {
			begun.countDown();
			go.await();
			this.undone.add("broker");
		});
		Thread first = new Thread(this.cleanup::close);
		first.start();
		begun.await();
		Thread second = new Thread(this.cleanup::close);
		second.start();
		await("the second waits").until(() -> second.getState() == Thread.State.BLOCKED);
		go.countDown();
		second.join();
		assertThat(this.undone).containsExactly("broker");
		first.join();
	}

	@Test
	void returnsTheStatusOfTheCommandAndThrowsWhatItThrew() throws Exception {
		assertThat(Cleanup.run((what, reason) -> {
		}, (cleanup) -> {
			cleanup.add("broker", LONG, () -> this.undone.add("broker"));
			return 3;
		})).isEqualTo(3);
		assertThatIllegalStateException().isThrownBy(() -> Cleanup.run((what, reason) -> {
		}, (cleanup) -> {
			cleanup.add("order", LONG, () -> this.undone.add("order"));
			throw new IllegalStateException("failed");
		})).withMessage("failed");
		assertThat(this.undone).containsExactly("broker", "order");
	}

	@Test
	void aCommandThatIsInterruptedReturns130AndThrowsNothing() throws Exception {
		assertThat(Cleanup.run((what, reason) -> {
		}, (cleanup) -> {
			cleanup.add("broker", LONG, () -> this.undone.add("broker"));
			new Thread(cleanup::interrupt).start();
			new CountDownLatch(1).await();
			return 0;
		})).isEqualTo(130);
		Thread.interrupted();
		assertThat(this.undone).containsExactly("broker");
	}

	/**
	 * The command's thread is interrupted, and the process does not end before the last
	 * step is done.
	 */
	@ParameterizedTest
	@CsvSource({ "INT, 130", "TERM, 143", "HUP, 129" })
	void theProcessEndsWhenEveryStepIsDone(String signal, int status) throws Exception {
		this.process = start("interrupted");
		awaitFile("running");
		signal(signal);
		awaitFile("undoing");
		assertThat(this.process.isAlive()).isTrue();
		Files.createFile(this.folder.resolve("go"));
		assertThat(this.process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(this.process.exitValue()).isEqualTo(status);
		assertThat(this.folder.resolve("output")).content()
			.containsSubsequence("undone product", "undone broker")
			.contains("command interrupted: true");
	}

	/**
	 * The command failed and is being cleaned up when the process is told to end.
	 */
	@Test
	void theProcessAlsoWaitsForACleanupThatHasBegun() throws Exception {
		this.process = start("failing");
		awaitFile("undoing");
		signal("TERM");
		Files.createFile(this.folder.resolve("go"));
		assertThat(this.process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(this.folder.resolve("output")).content().containsSubsequence("undone product", "undone broker");
	}

	private Process start(String how) throws Exception {
		List<String> command = new ArrayList<>(DefaultSignals.env());
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Main.class.getName(), this.folder.toString(), how));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("output").toFile())
			.start();
	}

	private void signal(String signal) throws Exception {
		new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, this.process.pid())).start().waitFor();
	}

	private void awaitFile(String name) {
		await(name).atMost(LONG).until(() -> Files.exists(this.folder.resolve(name)));
	}

	private void add(String what) {
		this.cleanup.add(what, LONG, () -> this.undone.add(what));
	}

	/**
	 * The process.
	 */
	static final class Main {

		private Main() {
		}

		public static void main(String[] args) throws Exception {
			Path folder = Path.of(args[0]);
			int status = Cleanup.run((what, reason) -> System.out.println(what + " " + reason), (cleanup) -> {
				cleanup.add("broker", LONG, () -> {
					Files.createFile(folder.resolve("undoing"));
					await().atMost(LONG).until(() -> Files.exists(folder.resolve("go")));
					System.out.println("undone broker");
				});
				cleanup.add("product", LONG, () -> System.out.println("undone product"));
				if (args[1].equals("failing")) {
					throw new IllegalStateException("failing");
				}
				CountDownLatch returned = new CountDownLatch(1);
				cleanup.add("command", LONG, () -> {
					returned.await();
					System.out.println("command interrupted: " + cleanup.interrupted());
				});
				Files.createFile(folder.resolve("running"));
				try {
					new CountDownLatch(1).await();
				}
				finally {
					returned.countDown();
				}
				return 0;
			});
			System.exit(status);
		}

	}

}
