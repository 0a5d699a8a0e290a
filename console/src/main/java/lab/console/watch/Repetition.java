package lab.console.watch;

import java.time.Instant;

import org.apache.kafka.common.TopicPartition;

/**
 * A record was handled once more.
 *
 * @param at when
 */
record Repetition(Instant at, TopicPartition partition, long offset) {

	/**
	 * As in {@code topic_example-1@105}.
	 */
	String record() {
		return this.partition + "@" + this.offset;
	}

}
