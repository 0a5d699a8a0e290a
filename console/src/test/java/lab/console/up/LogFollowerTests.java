package lab.console.up;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import lab.console.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LogFollowerTests {

	@TempDir
	private Path logs;

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	private final Terminal terminal = new Terminal(new PrintStream(this.printed, true, StandardCharsets.UTF_8), false,
			false);

	@Test
	void printsWholeLinesUnderTheNameOfTheInstance() throws IOException {
		LogFollower follower = new LogFollower(this.logs, this.terminal, false);
		append("order", "one\ntw");
		follower.printNewLines();
		append("order", "o 안녕\n");
		follower.printNewLines();
		assertThat(printed()).isEqualTo("order    | one\norder    | two 안녕\n");
	}

	@Test
	void leavesOutWhatWasThereBefore() throws IOException {
		append("order", "old\n");
		LogFollower follower = new LogFollower(this.logs, this.terminal, false);
		append("order", "new\n");
		follower.printNewLines();
		assertThat(printed()).isEqualTo("order    | new\n");
	}

	@Test
	void followsAnInstanceThatIsStartedLaterAndOneThatIsStartedAnew() throws IOException {
		LogFollower follower = new LogFollower(this.logs, this.terminal, false);
		append("product3", "first start\n");
		follower.printNewLines();
		Files.writeString(this.logs.resolve("product3.log"), "again\n");
		follower.printNewLines();
		assertThat(printed()).isEqualTo("product3 | first start\nproduct3 | again\n");
	}

	@Test
	void goesOnAfterALineThatIsLongerThanItReadsAtOnce() throws IOException {
		LogFollower follower = new LogFollower(this.logs, this.terminal, false);
		append("order", "x".repeat(1_100_000));
		follower.printNewLines();
		follower.printNewLines();
		append("order", "\nnext\n");
		follower.printNewLines();
		assertThat(printed().lines()).hasSize(3).endsWith("order    | next");
	}

	@Test
	void printsOneJsonObjectALineForPrograms() throws IOException {
		LogFollower follower = new LogFollower(this.logs, this.terminal, true);
		append("order", "said \"hello\"\n");
		follower.printNewLines();
		assertThat(printed()).isEqualTo("{\"instance\":\"order\",\"line\":\"said \\\"hello\\\"\"}\n");
	}

	private void append(String name, String text) throws IOException {
		Files.writeString(this.logs.resolve(name + ".log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private String printed() {
		return this.printed.toString(StandardCharsets.UTF_8);
	}

}
