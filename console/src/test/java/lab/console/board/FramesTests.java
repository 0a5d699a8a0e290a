package lab.console.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import lab.console.board.Frames.Frame;
import lab.console.board.Frames.BoardRecording;
import lab.console.group.GroupSnapshot;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.terminal.Json;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.Broker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a viewer is sent: one who sees all of it, one who comes back, one who comes late.
 */
class FramesTests {

	private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

	private final Frames frames = new Frames();

	@Test
	void firstComesTheWholeStateAndThenWhatChanged() throws Exception {
		this.frames.add(view(0, 1));
		Frame snapshot = next(null).get(0);
		assertThat(snapshot.event()).isEqualTo("snapshot");
		assertThat(Json.read(snapshot.data())).isEqualTo(state(view(0, 1)));
		this.frames.add(view(1, 2));
		assertThat(next(snapshot.id())).singleElement().satisfies((delta) -> {
			assertThat(delta.event()).isEqualTo("delta");
			assertThat(delta.id()).isNotEqualTo(snapshot.id());
			assertThat(Json.read(delta.data()))
				.isEqualTo(Json.read("{\"now\":\"2026-11-01T09:00:01Z\",\"partitions\":{\"t-0\":{\"end\":2}}}"));
		});
	}

	@Test
	void whoComesBackIsToldWhatWasMissed() throws Exception {
		this.frames.add(view(0, 1));
		ObjectNode page = (ObjectNode) Json.read(next(null).get(0).data());
		String known = next(null).get(0).id();
		this.frames.add(view(1, 2));
		this.frames.add(view(2, 2));
		this.frames.add(view(3, 7));
		List<Frame> missed = next(known);
		assertThat(missed).hasSize(3).extracting(Frame::event).containsOnly("delta");
		missed.forEach((delta) -> MergePatch.apply(Json.read(delta.data()), page));
		assertThat(page).isEqualTo(state(view(3, 7)));
		assertThat(next(missed.get(1).id())).containsExactly(missed.get(2));
	}

	@Test
	void whoComesFromAnotherRunOfTheConsoleIsGivenTheWholeState() throws Exception {
		this.frames.add(view(0, 1));
		this.frames.add(view(1, 2));
		String known = next(null).get(0).id();
		for (String id : new String[] { "other-1", "other-0", known + "0", known.replace("-1", "-"), "nonsense", "",
				known.replace("-1", "--1"), known.replace("-1", "-99999999999999999999") }) {
			assertThat(next(id)).as(id).singleElement().satisfies((frame) -> {
				assertThat(frame.event()).isEqualTo("snapshot");
				assertThat(Json.read(frame.data())).isEqualTo(state(view(1, 2)));
			});
		}
	}

	@Test
	void whoKnowsItAllWaitsForWhatIsNew() throws Exception {
		this.frames.add(view(0, 1));
		String known = next(null).get(0).id();
		assertThat(this.frames.after(known, Duration.ofMillis(20))).isEmpty();
		CompletableFuture<List<Frame>> waiting = waiting(known);
		this.frames.add(view(1, 2));
		assertThat(waiting.get(10, TimeUnit.SECONDS)).singleElement().extracting(Frame::event).isEqualTo("delta");
	}

	@Test
	void everybodyIsSentHomeWhenItCloses() throws Exception {
		this.frames.add(view(0, 1));
		CompletableFuture<List<Frame>> waiting = waiting(next(null).get(0).id());
		this.frames.close();
		assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
		assertThat(this.frames.isClosed()).isTrue();
	}

	@Test
	void aRecordingReplaysToTheLastState() {
		for (int second = 0; second <= 100; second++) {
			this.frames.add(view(second, second / 3));
		}
		BoardRecording recording = this.frames.recording();
		assertThat(recording.format()).isEqualTo("consumer-group-lab-board/1");
		assertThat(Json.read(recording.state().toString())).isEqualTo(state(view(0, 0)));
		assertThat(Json.read(Json.line(recording)).get("deltas")).hasSize(100)
			.as("each has its time, which paces a replay")
			.allSatisfy((delta) -> assertThat(delta.has("now")).isTrue());
		assertThat(replayed(recording)).isEqualTo(state(view(100, 33)));
	}

	@Test
	void whatIsOlderThanFiveMinutesIsTheFirstState() throws Exception {
		this.frames.add(view(0, 1));
		String early = next(null).get(0).id();
		for (int second = 1; second <= 400; second++) {
			this.frames.add(view(second, second));
		}
		BoardRecording recording = this.frames.recording();
		assertThat(Json.read(recording.state().toString())).isEqualTo(state(view(99, 99)));
		assertThat(recording.deltas()).hasSize(301);
		assertThat(replayed(recording)).isEqualTo(state(view(400, 400)));
		assertThat(next(early)).as("what the page missed is not known any more")
			.singleElement()
			.extracting(Frame::event)
			.isEqualTo("snapshot");
	}

	/**
	 * Of changes of 1 MiB each, five a second.
	 */
	@Test
	void keepsLessThanFiveMinutesWhereChangesAreLarge() throws Exception {
		this.frames.add(view(0, 1));
		String early = next(null).get(0).id();
		String known = "";
		for (int change = 1; change <= 40; change++) {
			this.frames.add(view(START.plusMillis(200L * change), change, "%05d".formatted(change).repeat(1 << 18)));
			known = (change == 30) ? next(null).get(0).id() : known;
		}
		BoardRecording recording = this.frames.recording();
		assertThat(Json.line(recording).length()).isBetween(10 << 20, 20 << 20);
		assertThat(replayed(recording).path("verdict").path("values").path(0).asString()).startsWith("00040");
		assertThat(next(known)).hasSize(10).extracting(Frame::event).containsOnly("delta");
		assertThat(next(early)).singleElement().extracting(Frame::event).isEqualTo("snapshot");
	}

	@Test
	void aRecordingThatWasTakenDoesNotChange() {
		this.frames.add(view(0, 1));
		BoardRecording recording = this.frames.recording();
		String before = Json.line(recording);
		for (int second = 1; second <= 400; second++) {
			this.frames.add(view(second, second));
		}
		assertThat(Json.line(recording)).isEqualTo(before);
	}

	private List<Frame> next(@Nullable String id) throws InterruptedException {
		return this.frames.after(id, Duration.ofSeconds(10));
	}

	private CompletableFuture<List<Frame>> waiting(String known) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return next(known);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private static ObjectNode replayed(BoardRecording recording) {
		JsonNode file = Json.read(Json.line(recording));
		ObjectNode state = (ObjectNode) file.get("state");
		file.get("deltas").forEach((delta) -> MergePatch.apply(delta, state));
		return state;
	}

	private static JsonNode state(GroupView view) {
		return Json.read(Json.line(view));
	}

	static GroupView view(long second, long end) {
		return view(START.plusSeconds(second), end, "1");
	}

	private static GroupView view(Instant now, long end, String members) {
		return new GroupView(now, new WatchedGroup("localhost:9092", "product", "t", true),
				new Broker(START, Broker.BrokerState.UP, START, null),
				new Verdict(Verdict.Level.OK, "verdict.even", List.of(members, "1")), null, Map.of(),
				Map.of("t-0",
						new GroupView.PartitionView(new GroupSnapshot.Partition("t", 0, 1, null, end, null), null,
								null)),
				new GroupView.Timeline(List.of(), Map.of(), Map.of(), List.of(), Map.of(), 0), new TreeMap<>(),
				new TreeMap<>(), new GroupView.Traffic(0, 0), null, Map.of());
	}

}
