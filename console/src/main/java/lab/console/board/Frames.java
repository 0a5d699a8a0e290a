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
import tools.jackson.databind.util.RawValue;

/**
 * The last five minutes of the board, or less where its changes are large: a first state,
 * and numbered merge patches from then on. Each view is turned into JSON once, for all
 * streams. A stream that has missed a patch that is not kept any more gets the whole
 * state. Safe for use by several threads.
 */
class Frames {

	private static final Duration KEPT = Duration.ofMinutes(5);

	/**
	 * How many characters of patches are kept; each needs one byte, or two.
	 */
	private static final long MAX_KEPT = 16L << 20;

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

	/** The characters of all deltas. */
	private long kept;

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
	record BoardRecording(String format, Instant exportedAt, JsonNode state, List<RawValue> deltas) {
	}

	private record Delta(long number, Instant at, Frame frame) {

		int length() {
			return this.frame.data().length();
		}

	}

	synchronized void add(GroupView view) {
		ObjectNode next = Json.tree(view);
		if (this.last.isEmpty()) {
			this.first.setAll(next.deepCopy());
		}
		else {
			this.number++;
			String patch = MergePatch.between(this.last, next).toString();
			this.deltas.add(new Delta(this.number, view.now(), new Frame(id(), "delta", patch)));
			this.kept += patch.length();
		}
		this.last = next;
		this.snapshot = null;
		while (!this.deltas.isEmpty()
				&& (this.kept > MAX_KEPT || this.deltas.getFirst().at().isBefore(view.now().minus(KEPT)))) {
			Delta oldest = this.deltas.removeFirst();
			this.kept -= oldest.length();
			MergePatch.apply(Json.read(oldest.frame().data()), this.first);
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
				this.deltas.stream().map((delta) -> new RawValue(delta.frame().data())).toList());
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
