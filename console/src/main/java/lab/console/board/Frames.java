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
 * The last five minutes of the board: a first state and what changed since, numbered.
 * Each view is turned into JSON once, however many look; who lost the thread is given the
 * whole state.
 */
class Frames {

	private static final Duration KEPT = Duration.ofMinutes(5);

	/**
	 * Numbers of another run of the console mean nothing in this one.
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
	 * @param id tells its number and the console's run
	 * @param data JSON
	 */
	record Frame(String id, String event, String data) {
	}

	/**
	 * What can be watched again.
	 *
	 * @param format what kind of file this is, and of which version
	 */
	record Recording(String format, Instant exportedAt, JsonNode state, List<JsonNode> deltas) {
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
	 * What comes after the frame of that id: the deltas since, or the whole state where
	 * they are not known any more; waits until there is something.
	 * @param id of the last frame that was received, if any
	 * @return nothing if nothing came in time
	 */
	synchronized List<Frame> after(@Nullable String id, Duration patience) throws InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
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
	 * @return -1 if the id is none of this run's
	 */
	private long number(@Nullable String id) {
		if (id == null || !id.matches(this.life + "-\\d{1,18}")) {
			return -1;
		}
		long known = Long.parseLong(id.substring(this.life.length() + 1));
		return (known <= this.number) ? known : -1;
	}

	synchronized Recording recording() {
		return new Recording("consumer-group-lab-board/1", Instant.now(), this.first.deepCopy(),
				this.deltas.stream().map(Delta::patch).toList());
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Sends everybody home.
	 */
	synchronized void close() {
		this.closed = true;
		notifyAll();
	}

}
