package lab.console.group;

import lab.console.terminal.AwayException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
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

	private static AwayException silence(@Nullable Throwable cause) {
		KafkaFutureImpl<String> future = new KafkaFutureImpl<>();
		future.completeExceptionally(new TimeoutException("Timed out.", cause));
		AdminAnswers answers = new AdminAnswers("localhost:9092", Messages.in(Language.EN));
		return catchThrowableOfType(AwayException.class, () -> answers.await(future));
	}

}
