package lab.console.board;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import lab.console.terminal.Json;
import lab.console.watch.GroupView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last five minutes of the board: a first state, and numbered merge patches from then
 * on. Each view is turned into JSON once, for all streams. A stream that has missed a
 * patch that is not kept any more gets the whole state. Safe for use by several threads.
 */
class Frames {

	private static final Duration KEPT = Duration.ofMinutes(5);

	/**
	 * Is part of each id, because another run of the console counts from 0 again.
	 */
	private final String life = Long.toString(Instant.now().toEpochMilli(), Character.MAX_RADIX);

	private final Deque<Delta> deltas = new ArrayDeque<>();

	/** Before the first delta. */
	private final ObjectNode first = JsonNodeFactory.instance.objectNode();

	/** Empty before the first view. */
	private ObjectNode last = this.first;

	private @Nullable Frame snapshot;

	private long number;

	private boolean closed;

	/**
	 * An event of the stream.
	 *
	 * @param id the console's run and a number
	 * @param data JSON
	 */
	record Frame(String id, String event, String data) {
	}

	/**
	 * A recording that the page can replay.
	 *
	 * @param format the kind of file, and its version
	 */
	record BoardRecording(String format, Instant exportedAt, JsonNode state, List<JsonNode> deltas) {
	}

	private record Delta(long number, Instant at, JsonNode patch, Frame frame) {
	}

	synchronized void add(GroupView view) {
		ObjectNode next = Json.tree(view);
		if (this.last.isEmpty()) {
			this.first.setAll(next.deepCopy());
		}
		else {
			this.number++;
			ObjectNode patch = MergePatch.between(this.last, next);
			this.deltas.add(new Delta(this.number, view.now(), patch, new Frame(id(), "delta", patch.toString())));
		}
		this.last = next;
		this.snapshot = null;
		while (!this.deltas.isEmpty() && this.deltas.getFirst().at().isBefore(view.now().minus(KEPT))) {
			MergePatch.apply(this.deltas.removeFirst().patch(), this.first);
		}
		notifyAll();
	}

	private String id() {
		return this.life + "-" + this.number;
	}

	/**
	 * Returns the frames after the frame of that id: the deltas since, or the whole state
	 * where they are not kept any more. Waits until there is a frame.
	 * @param id of the last frame that was received; null where there was none
	 * @param timeout how long to wait
	 * @return empty after the timeout, and once this is closed
	 */
	synchronized List<Frame> after(@Nullable String id, Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!this.closed && (this.last.isEmpty() || id().equals(id))) {
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (left <= 0) {
				return List.of();
			}
			wait(left);
		}
		if (this.closed) {
			return List.of();
		}
		long known = number(id);
		if (known >= 0 && !this.deltas.isEmpty() && known >= this.deltas.getFirst().number() - 1) {
			return this.deltas.stream().filter((delta) -> delta.number() > known).map(Delta::frame).toList();
		}
		if (this.snapshot == null) {
			this.snapshot = new Frame(id(), "snapshot", this.last.toString());
		}
		return List.of(this.snapshot);
	}

	/**
	 * @return -1 if the id is not one of this run
	 */
	private long number(@Nullable String id) {
		if (id == null || !id.matches(this.life + "-\\d{1,18}")) {
			return -1;
		}
		long known = Long.parseLong(id.substring(this.life.length() + 1));
		return (known <= this.number) ? known : -1;
	}

	synchronized BoardRecording recording() {
		return new BoardRecording("consumer-group-lab-board/1", Instant.now(), this.first.deepCopy(),
				this.deltas.stream().map(Delta::patch).toList());
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Ends all streams.
	 */
	synchronized void close() {
		this.closed = true;
		notifyAll();
	}

}
