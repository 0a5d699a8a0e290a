package lab.console.group;

import org.jspecify.annotations.Nullable;

/**
 * The ends of a partition's log, each null where the partition's leader did not tell.
 *
 * @param start the offset of the oldest record that is still there
 * @param end the offset that the next record will get
 */
record LogOffsets(@Nullable Long start, @Nullable Long end) {

	static final LogOffsets UNKNOWN = new LogOffsets(null, null);

	/**
	 * How many records are still there after the offset, never negative; null where that
	 * is not known, and where the offset is beyond the end.
	 */
	@Nullable Long after(long offset) {
		if (this.end == null || offset > this.end) {
			return null;
		}
		return this.end - ((this.start != null) ? Math.min(Math.max(offset, this.start), this.end) : offset);
	}

}
