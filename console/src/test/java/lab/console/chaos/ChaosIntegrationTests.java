package lab.console.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lab.console.fault.LabProcess;
import lab.console.instance.Instances;
import lab.console.process.LabHome;
import lab.console.fault.TestLab;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code lab chaos} as a person runs it.
 */
class ChaosIntegrationTests {

	@TempDir
	private Path state;

	/**
	 * A product is killed with orders in hand: every order that was acknowledged is
	 * handled, and nothing is left running. The history says the same without a broker.
	 */
	@Test
	void everyOrderIsAccountedForWhenAProductIsKilled() throws Exception {
		LabProcess lab = new LabProcess(this.state);
		LabProcess.Result run = lab.run("chaos", "--fault", "kill", "--seed", "7", "--json");
		assertThat(run.status()).as(run.output()).isZero();
		JsonNode row = Json.read(run.output().lines().filter((line) -> line.startsWith("{")).findFirst().orElseThrow());
		assertThat(row.path("verdict").asString()).isEqualTo("kept");
		// on a busy machine, the outcome of some is unknown, and they are handled all the
		// same
		assertThat(row.path("handled").asLong()).isEqualTo(row.path("recorded").asLong())
			.isBetween(row.path("acknowledged").asLong(),
					row.path("acknowledged").asLong() + row.path("unknown").asLong());
		assertThat(row.path("acknowledged").asLong()).isPositive();
		LabHome own = new LabHome(TestLab.ROOT, this.state.resolve("chaos"));
		assertThat(new Instances(own, Messages.in(Language.EN)).running()).isEmpty();

		try (Stream<Path> histories = Files.list(own.state().resolve("histories"))) {
			Path history = histories.findFirst().orElseThrow();
			LabProcess.Result check = lab.run("chaos", "check", history.toString(), "--json");
			assertThat(check.status()).as(check.output()).isZero();
			assertThat(Json.read(check.output())).isEqualTo(row);
		}
	}

	/**
	 * The second run is in the lab of the first, and is interrupted: the first has its
	 * line all the same, and nothing is left running.
	 */
	@Test
	void anInterruptedCommandTellsWhatWasDone() throws Exception {
		LabProcess lab = new LabProcess(this.state);
		String[] arguments = { "chaos", "--fault", "stop", "--seed", "7", "--seeds", "2" };
		Process chaos = lab.start(arguments);
		try {
			await().atMost(Duration.ofMinutes(3))
				.until(() -> lab.printed(arguments).contains("stop (seed 8,") || !chaos.isAlive());
		}
		finally {
			chaos.destroy();
		}
		assertThat(chaos.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(lab.printed(arguments)).containsPattern("stop +consumer +7 .* kept\\R")
			.doesNotContainPattern("stop +consumer +8 ")
			.contains("interrupted: stop has no result");
		LabHome own = new LabHome(TestLab.ROOT, this.state.resolve("chaos"));
		assertThat(new Instances(own, Messages.in(Language.EN)).running()).isEmpty();
	}

}
