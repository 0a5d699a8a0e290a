package lab.console.group;

import org.jspecify.annotations.Nullable;

/**
 * The ends of a partition's log, each null where the partition's leader did not tell.
 *
 * @param start the offset of the oldest record that is still there
 * @param end the offset that the next record will get
 * @param stable the last stable offset: from here on, a consumer with
 * {@code isolation.level=read_committed} gets nothing while a transaction is open; the
 * end where none is
 */
public record LogOffsets(@Nullable Long start, @Nullable Long end, @Nullable Long stable) {

	static final LogOffsets UNKNOWN = new LogOffsets(null, null, null);

	/**
	 * Creates the offsets of a log without an open transaction.
	 */
	LogOffsets(@Nullable Long start, @Nullable Long end) {
		this(start, end, end);
	}

	/**
	 * How many records are still there from the offset to the end, never negative; null
	 * where that is not known, and where the offset is beyond the end.
	 * @param readCommitted whether to count only to the last stable offset, if the offset
	 * is not after it
	 */
	@Nullable Long after(long offset, boolean readCommitted) {
		if (this.end == null || offset > this.end) {
			return null;
		}
		long last = (readCommitted && this.stable != null && offset <= this.stable) ? this.stable : this.end;
		return last - ((this.start != null) ? Math.min(Math.max(offset, this.start), last) : offset);
	}

	/**
	 * The last stable offset, null where no transaction is open.
	 */
	@Nullable Long openFrom() {
		return (this.stable != null && this.end != null && this.stable < this.end) ? this.stable : null;
	}

}
