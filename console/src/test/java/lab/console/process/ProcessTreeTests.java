package lab.console.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Real processes: shells that fork, refuse to end, or start ever new children.
 */
class ProcessTreeTests {

	private static final Duration GRACE = Duration.ofSeconds(10);

	@TempDir
	private Path folder;

	private List<ProcessHandle> started = List.of();

	@AfterEach
	void killWhatIsLeft() {
		this.started.forEach(ProcessHandle::destroyForcibly);
	}

	@Test
	void stopsChildrenBeforeTheirParents() throws IOException {
		Process tree = start(
				"bash -c 'trap \"echo child >> log; exit\" TERM; touch ready; while :; do sleep 0.1; done' &"
						+ " trap 'echo parent >> log; exit' TERM; wait $!; echo parent >> log",
				3);
		ProcessTree.stop(tree.toHandle(), GRACE);
		assertThat(this.started).noneMatch(ProcessHandle::isAlive);
		assertThat(Files.readAllLines(this.folder.resolve("log"))).startsWith("child").contains("parent");
	}

	@Test
	void killsWhatRefusesToEnd() throws IOException {
		Process tree = start("trap '' TERM; bash -c 'trap \"\" TERM; touch ready; while :; do sleep 0.1; done'; true",
				3);
		ProcessTree.stop(tree.toHandle(), Duration.ofMillis(300));
		assertThat(this.started).noneMatch(ProcessHandle::isAlive);
	}

	@Test
	void endsALoopThatStartsEverNewChildren() throws IOException {
		Process tree = start("touch ready; while :; do sleep 60; done", 2);
		ProcessTree.stop(tree.toHandle(), Duration.ofSeconds(1));
		assertThat(this.started).noneMatch(ProcessHandle::isAlive);
	}

	@Test
	void leavesAnEndedProcessAlone() throws Exception {
		Process ended = new ProcessBuilder("true").start();
		ended.waitFor();
		ProcessTree.stop(ended.toHandle(), GRACE);
		assertThat(ended.exitValue()).isZero();
	}

	private Process start(String script, int processes) throws IOException {
		Process root = new ProcessBuilder("bash", "-c", script).directory(this.folder.toFile()).start();
		await("the script is under way with all its processes").untilAsserted(() -> {
			this.started = Stream.concat(Stream.of(root.toHandle()), root.descendants()).toList();
			assertThat(this.folder.resolve("ready")).exists();
			assertThat(this.started).hasSizeGreaterThanOrEqualTo(processes);
		});
		return root;
	}

}
