package lab.console.board;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds in every state of every recording: the verdict agrees with what else is
 * shown.
 */
class RecordedStatesTests {

	static Stream<String> recordings() throws IOException {
		return RecordedViews.names().stream();
	}

	@ParameterizedTest
	@MethodSource("recordings")
	void noPartitionIsWithoutAnOwnerThatTheNewestEventGivesToAMember(String recording) throws IOException {
		for (ObjectNode state : RecordedViews.states(recording)) {
			newest(state, "event.assigned").ifPresent((event) -> {
				if (state.path("verdict").path("key").asString().startsWith("verdict.unowned")) {
					String unowned = state.path("verdict").path("values").path(0).asString();
					assertThat(event.path("values").path(1).asString().split(", ")).as(at(state))
						.doesNotContain(unowned);
				}
			});
		}
	}

	/**
	 * In KIP-848, the coordinator tells the session timeout.
	 */
	@ParameterizedTest
	@MethodSource("recordings")
	void theTimeWaitedAndTheTimeLeftAreNotMoreThanTheSession(String recording) throws IOException {
		for (ObjectNode state : RecordedViews.states(recording)) {
			JsonNode session = state.path("group").path("sessionMs");
			if (state.path("verdict").path("key").asString().matches("verdict\\.(killed|paused|static)")
					&& !session.isMissingNode()) {
				double left = Double.parseDouble(state.path("verdict").path("values").path(1).asString());
				JsonNode member = state.path("members").path(state.path("verdict").path("values").path(0).asString());
				long waited = Duration.between(instant(member, "silentSince"), instant(state, "now")).toSeconds();
				assertThat(waited + left).as(at(state)).isLessThanOrEqualTo(session.asLong() / 1000.0);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("recordings")
	void notAllIsWellWhileABrokerIsMissing(String recording) throws IOException {
		for (ObjectNode state : RecordedViews.states(recording)) {
			boolean missing = Stream
				.concat(state.path("partitions")
					.valueStream()
					.map((partition) -> partition.path("replicas").path("away"))
					.filter((away) -> !away.isEmpty()),
						state.path("instances")
							.propertyStream()
							.filter((instance) -> instance.getKey().startsWith("kafka"))
							.filter((instance) -> instance.getValue().path("state").asString().equals("STOPPED"))
							.map(Object::toString))
				.findAny()
				.isPresent();
			if (missing) {
				assertThat(state.path("verdict").path("level").asString()).as(at(state)).isNotEqualTo("OK");
			}
		}
	}

	private static Optional<JsonNode> newest(JsonNode state, String key) {
		List<JsonNode> feed = state.path("feed").valueStream().toList();
		return feed.stream()
			.max(Comparator.comparing((event) -> instant(event, "at")))
			.filter((event) -> event.path("key").asString().startsWith(key));
	}

	private static Instant instant(JsonNode object, String name) {
		return Instant.parse(object.path(name).asString());
	}

	private static String at(JsonNode state) {
		return "the state of " + state.path("now").asString();
	}

}
