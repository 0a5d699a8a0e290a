package lab.console.group;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Waits for what Kafka's Admin API answers. The client ends every request after its own
 * timeouts, so that no wait is without an end.
 *
 * @param bootstrapServer named where the cluster does not answer
 */
record AdminAnswers(String bootstrapServer, Messages messages) {

	/** Far longer than brokers that run differ. */
	private static final Duration LATE = Duration.ofSeconds(2);

	/**
	 * @throws AwayException if the cluster does not answer in time
	 * @throws LabException if it answers with an error, which is the exception's cause
	 */
	<T> T await(KafkaFuture<T> future) {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw failure(ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Waits for answers of several brokers. Once one has answered, the others have only
	 * {@link #LATE} left: while a broker is dead and its partitions have no other leader
	 * yet, the rest of the cluster is told without them.
	 * @return without those that are not there in time, unless none is
	 * @throws AwayException if none is there in time
	 * @throws LabException if one is an error, which is the exception's cause
	 */
	<K, T> Map<K, T> awaitInTime(Map<K, KafkaFuture<T>> asked) {
		awaitAny(asked.values());
		long deadline = System.nanoTime() + LATE.toNanos();
		Map<K, T> told = new HashMap<>();
		asked.forEach((key, future) -> inTime(future, deadline).ifPresent((answer) -> told.put(key, answer)));
		if (told.isEmpty()) {
			asked.values().forEach(this::await);
		}
		return told;
	}

	private <T> void awaitAny(Collection<KafkaFuture<T>> asked) {
		CompletableFuture<?>[] answers = asked.stream()
			.map((future) -> future.toCompletionStage().toCompletableFuture())
			.toArray(CompletableFuture[]::new);
		if (answers.length > 0) {
			try {
				CompletableFuture.anyOf(answers).handle((answer, error) -> true).get();
			}
			catch (ExecutionException ex) {
				throw failure(ex);
			}
			catch (InterruptedException ex) {
				throw interrupted(ex);
			}
		}
	}

	private <T> Optional<T> inTime(KafkaFuture<T> future, long deadline) {
		try {
			return Optional.of(future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
		}
		catch (java.util.concurrent.TimeoutException ex) {
			return Optional.empty();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof TimeoutException) {
				return Optional.empty();
			}
			throw failure(ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private LabException failure(ExecutionException ex) {
		Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
		return (cause instanceof TimeoutException) ? silence(cause)
				: new LabException(this.messages.get("cluster.refused", cause.getMessage()), cause);
	}

	LabException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new LabException(this.messages.get("cluster.interrupted"), ex);
	}

	/**
	 * Says why there is no answer where a broker gives the reason, such as that it is
	 * still loading the group's metadata.
	 */
	private AwayException silence(Throwable timeout) {
		if (timeout.getCause() instanceof ApiException reason && !(reason instanceof DisconnectException)
				&& !(reason instanceof TimeoutException)) {
			return new AwayException(
					this.messages.get("cluster.silent-because", this.bootstrapServer, reason.getMessage()), timeout,
					reason.getMessage());
		}
		return new AwayException(this.messages.get("cluster.silent", this.bootstrapServer), timeout);
	}

	/**
	 * @param reasons errors that mean that there is no such thing
	 * @return empty where the cluster answers with one of these errors, or with nothing
	 */
	<T> Optional<T> awaitUnless(Set<Class<? extends Exception>> reasons, KafkaFuture<T> future) {
		try {
			return Optional.ofNullable(await(future));
		}
		catch (LabException ex) {
			if (reasons.stream().anyMatch((reason) -> reason.isInstance(ex.getCause()))) {
				return Optional.empty();
			}
			throw ex;
		}
	}

}
