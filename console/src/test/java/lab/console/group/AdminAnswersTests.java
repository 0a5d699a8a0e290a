package lab.console.group;

import java.util.Map;

import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The reason for no answer, where a broker gives one.
 */
class AdminAnswersTests {

	@Test
	void keepsTheReasonThatABrokerGives() {
		AwayException loading = silence(new CoordinatorLoadInProgressException("It is loading."));
		assertThat(loading.reason()).isEqualTo("It is loading.");
		assertThat(loading).hasMessageContaining("It is loading.");
		assertThat(silence(new DisconnectException("node 1 disconnected")).reason()).isNull();
		assertThat(silence(null).reason()).isNull();
	}

	/**
	 * As of a partition whose leader was killed, until there is another one.
	 */
	@Test
	void leavesOutWhatABrokerDoesNotAnswerIfOthersDo() {
		AdminAnswers answers = new AdminAnswers("localhost:9092", Messages.in(Language.EN));
		KafkaFutureImpl<Long> timedOut = new KafkaFutureImpl<>();
		timedOut.completeExceptionally(new TimeoutException("Timed out."));
		assertThat(answers
			.awaitInTime(Map.of(0, KafkaFuture.completedFuture(5L), 1, new KafkaFutureImpl<Long>(), 2, timedOut)))
			.containsExactly(Map.entry(0, 5L));
		assertThat(answers.awaitInTime(Map.of())).isEmpty();
		assertThatExceptionOfType(AwayException.class).isThrownBy(() -> answers.awaitInTime(Map.of(2, timedOut)));
		KafkaFutureImpl<Long> refused = new KafkaFutureImpl<>();
		refused.completeExceptionally(new TopicAuthorizationException("Not authorized."));
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> answers.awaitInTime(Map.of(0, KafkaFuture.completedFuture(5L), 1, refused)))
			.withMessageContaining("Not authorized.");
	}

	private static AwayException silence(@Nullable Throwable cause) {
		KafkaFutureImpl<String> future = new KafkaFutureImpl<>();
		future.completeExceptionally(new TimeoutException("Timed out.", cause));
		AdminAnswers answers = new AdminAnswers("localhost:9092", Messages.in(Language.EN));
		return catchThrowableOfType(AwayException.class, () -> answers.await(future));
	}

}
