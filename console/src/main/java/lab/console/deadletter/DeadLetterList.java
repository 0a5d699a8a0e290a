package lab.console.deadletter;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Lists the dead letters among the records of a topic that are added to it. Not safe for
 * use by several threads.
 */
public final class DeadLetterList {

	private final int limit;

	private final long window;

	private final Map<Integer, PartitionLetters> partitions = new TreeMap<>();

	/**
	 * The dead letters of a topic.
	 *
	 * @param total how many there are
	 * @param open how many of them have not been returned
	 * @param newest the newest ones, in that order
	 */
	public record Listing(int total, int open, List<DeadLetter> newest) {
	}

	/**
	 * @param limit how many of the newest dead letters are listed
	 * @param window how many of the last offsets of each partition are taken into
	 * account; dead letters before are forgotten
	 */
	public DeadLetterList(int limit, long window) {
		this.limit = limit;
		this.window = window;
	}

	/**
	 * Adds a record of the topic. Those of a partition are added in the order of their
	 * offsets; an offset that comes again begins the partition anew from there.
	 * @return whether it is a dead letter, and not the mark that one was returned
	 */
	public boolean add(ConsumerRecord<byte[], byte[]> record) {
		PartitionLetters letters = this.partitions.computeIfAbsent(record.partition(),
				(partition) -> new PartitionLetters());
		letters.retain(record.offset() - this.window + 1, record.offset());
		Optional<RecordId> returned = DeadLetter.marked(record);
		returned.ifPresentOrElse((id) -> letters.open.replace(id.offset(), false),
				() -> letters.add(DeadLetter.of(record), this.limit));
		return returned.isEmpty();
	}

	/**
	 * Forgets the dead letters of a partition that the topic no longer has.
	 * @param start the offset of the oldest record that is still there
	 * @param end the offset that the next record will get
	 */
	public void retain(int partition, long start, long end) {
		PartitionLetters letters = this.partitions.get(partition);
		if (letters != null) {
			letters.retain(start, end);
		}
	}

	/**
	 * Forgets all dead letters.
	 */
	public void clear() {
		this.partitions.clear();
	}

	public Listing listing() {
		Collection<PartitionLetters> all = this.partitions.values();
		return new Listing(all.stream().mapToInt((letters) -> letters.open.size()).sum(), (int) all.stream()
			.flatMap((letters) -> letters.open.values().stream())
			.filter((open) -> open)
			.count(), all
				.stream()
				.flatMap((letters) -> letters.newest.stream()
					.map((letter) -> letter.returned(!letters.open.getOrDefault(letter.id().offset(), true))))
				.sorted(Comparator.comparing(DeadLetter::at).thenComparing((letter) -> letter.id().offset()).reversed())
				.limit(this.limit)
				.toList());
	}

	private static final class PartitionLetters {

		/** Whether a dead letter has not been returned, by its offset. */
		private final TreeMap<Long, Boolean> open = new TreeMap<>();

		private final Deque<DeadLetter> newest = new ArrayDeque<>();

		void add(DeadLetter letter, int limit) {
			this.open.put(letter.id().offset(), true);
			this.newest.addLast(letter);
			if (this.newest.size() > limit) {
				this.newest.removeFirst();
			}
		}

		void retain(long start, long end) {
			this.open.headMap(start).clear();
			this.open.tailMap(end).clear();
			while (!this.newest.isEmpty() && this.newest.getFirst().id().offset() < start) {
				this.newest.removeFirst();
			}
			while (!this.newest.isEmpty() && this.newest.getLast().id().offset() >= end) {
				this.newest.removeLast();
			}
		}

	}

}
