package lab.console.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

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
	 * In each of two runs, which share a lab, a product is killed with orders in hand.
	 * The second is interrupted: the first has its line all the same, its history says
	 * the same without a broker, and nothing is left running.
	 */
	@Test
	void everyOrderIsAccountedForWhenAProductIsKilledAlsoIfTheNextRunIsInterrupted() throws Exception {
		LabProcess lab = new LabProcess(this.state);
		String[] arguments = { "chaos", "--fault", "kill", "--seed", "7", "--seeds", "2" };
		Process chaos = lab.start(arguments);
		try {
			await().atMost(Duration.ofMinutes(8))
				.until(() -> lab.printed(arguments).contains("kill (seed 8,") || !chaos.isAlive());
		}
		finally {
			chaos.destroy();
			// it needs its folder until it has stopped everything
			assertThat(chaos.waitFor(5, TimeUnit.MINUTES)).isTrue();
		}
		assertThat(lab.printed(arguments)).containsPattern("kill +consumer +7 .* kept\\R")
			.doesNotContainPattern("kill +consumer +8 ")
			.contains("interrupted: kill (seed 8) has no result");
		LabHome own = new LabHome(TestLab.ROOT, this.state.resolve("chaos"));
		assertThat(new Instances(own, Messages.in(Language.EN)).running()).isEmpty();

		LabProcess.Result check = lab.run("chaos", "check",
				own.state().resolve("histories/kill-consumer-7.jsonl").toString(), "--json");
		assertThat(check.status()).as(check.output()).isZero();
		JsonNode row = Json.read(check.output());
		assertThat(row.path("verdict").asString()).isEqualTo("kept");
		// on a busy machine, the outcome of some is unknown, and they are handled all the
		// same
		assertThat(row.path("handled").asLong()).isEqualTo(row.path("recorded").asLong())
			.isBetween(row.path("acknowledged").asLong(),
					row.path("acknowledged").asLong() + row.path("unknown").asLong());
		assertThat(row.path("acknowledged").asLong()).isPositive();
	}

}
