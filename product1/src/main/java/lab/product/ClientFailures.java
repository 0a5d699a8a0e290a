package lab.product;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Failures of Kafka's client that no record caused.
 */
@Slf4j
@Component
@RequiredArgsConstructor
public class ClientFailures {

	private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofSeconds(1);

	private static final Duration SAID_AGAIN_AFTER = Duration.ofMinutes(1);

	private final ProductProperties names;

	/** The last failure, which is not logged again while it goes on. */
	private @Nullable String last;

	private long lastAt;

	/**
	 * Whether the broker refuses this instance, mostly as a member of the group. A
	 * time-out is no refusal, nor is the commit of a member that the group has removed
	 * (CommitFailedException): the client joins again by itself.
	 */
	public static boolean isRefusal(Exception ex) {
		return ex instanceof ApiException && !(ex instanceof RetriableException);
	}

	/**
	 * Whether the failure is over with the next poll.
	 */
	static boolean passes(Exception ex) {
		return (ex instanceof KafkaException) ? !isRefusal(ex) : isOfAChangedAssignment(ex);
	}

	/**
	 * Under KIP-848 the client changes the assignment in a thread of its own, so that a
	 * poll can find a partition gone, or without a position, that it was about to read.
	 * The exception for that has no type of its own.
	 */
	private static boolean isOfAChangedAssignment(Exception ex) {
		StackTraceElement[] frames = ex.getStackTrace();
		return ex instanceof IllegalStateException && frames.length > 0
				&& frames[0].getClassName().startsWith(SubscriptionState.class.getName());
	}

	/**
	 * Logs a failure that passes, and waits a moment. The consumer reads on where it is;
	 * offsets that were not committed are covered by the next commit of their partition.
	 */
	public void goOnAfter(Exception ex) {
		String failure = Text.rootOf(ex);
		long now = System.nanoTime();
		boolean goesOn = failure.equals(this.last) && now - this.lastAt < SAID_AGAIN_AFTER.toNanos();
		this.last = failure;
		this.lastAt = now;
		if (!goesOn) {
			log.warn("A poll or commit of {} failed ({}); it goes on.", this.names.instance(), failure);
		}
		LockSupport.parkNanos(BEFORE_NEXT_ATTEMPT.toNanos());
	}

}
