package lab.console.group;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

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

	/**
	 * @throws AwayException if the cluster does not answer in time
	 * @throws LabException if it answers with an error, which is the exception's cause
	 */
	<T> T await(KafkaFuture<T> future) {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			if (cause instanceof TimeoutException) {
				throw silence(cause);
			}
			throw new LabException(this.messages.get("cluster.refused", cause.getMessage()), cause);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
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
	 * @return empty where the cluster answers with one of these errors
	 */
	<T> Optional<T> awaitUnless(Set<Class<? extends Exception>> reasons, KafkaFuture<T> future) {
		try {
			return Optional.of(await(future));
		}
		catch (LabException ex) {
			if (reasons.stream().anyMatch((reason) -> reason.isInstance(ex.getCause()))) {
				return Optional.empty();
			}
			throw ex;
		}
	}

}
