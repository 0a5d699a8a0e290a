package lab.product;

import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.core.DefaultTransactionIdSuffixStrategy;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.SeekUtils;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles each order in a Kafka transaction (profile {@code exactly-once}): the event
 * that it was handled and its offset are committed together or not at all. A dead letter
 * and the offset of its record are, too. Rebalance events are published outside of
 * transactions, because they are true whether the order in hand is handled or not.
 * <p>
 * Two things fence a zombie, an instance that goes on after it was replaced:
 * <ul>
 * <li>Its offsets. They are sent with the member's id and epoch, and the coordinator
 * refuses those of a member that it has removed from the group. The transaction is
 * aborted. For that a transactional.id for each partition is not needed any more
 * (KIP-447, "EOS version 2").</li>
 * <li>Its transactional.id, which is the group and the name of the instance and thus the
 * same after a restart. The new process aborts a transaction that the old one left open,
 * and the old one cannot commit it any more. With a random id the transaction would stay
 * open until {@code transaction.timeout.ms}, and who reads {@code read_committed} would
 * wait behind it.</li>
 * </ul>
 */
@Configuration(proxyBeanMethods = false)
@Profile("exactly-once")
class ExactlyOnce {

	ExactlyOnce(KafkaTemplate<?, ?> kafka) {
		// for rebalance events
		kafka.setAllowNonTransactional(true);
	}

	/**
	 * One transactional.id for an instance. By default the number at its end grows with
	 * each producer, so that the producer after a failed commit would not wait for the
	 * end of that transaction.
	 */
	@Bean
	static DefaultKafkaProducerFactoryCustomizer oneTransactionalId() {
		return (factory) -> factory.setTransactionIdSuffixStrategy(new DefaultTransactionIdSuffixStrategy(1));
	}

	@Bean
	static KafkaTransactionManager<?, ?> kafkaTransactionManager(ProducerFactory<?, ?> producers) {
		return new Transactions<>(producers);
	}

	@Bean
	DefaultErrorHandler errorHandler(DeadLetters deadLetters, ClientFailures failures,
			ApplicationEventPublisher publisher) {
		return new InTransaction(deadLetters, failures, publisher);
	}

	@Bean
	AfterRollbackProcessor<Object, Object> afterRollbackProcessor(DeadLetters deadLetters, KafkaTemplate<?, ?> kafka,
			KafkaTransactionManager<?, ?> transactions, ClientFailures failures) {
		AfterRollback processor = new AfterRollback(deadLetters, kafka, new TransactionTemplate(transactions),
				failures);
		Consumption.retry(processor);
		return processor;
	}

	/**
	 * Lets a fenced commit be handled like any other failed one. The container takes it
	 * for a rebalance and reads on behind the order, which would be lost. It is fenced if
	 * the transaction took longer than {@code transaction.timeout.ms} or another instance
	 * has the same name.
	 */
	private static final class Transactions<K, V> extends KafkaTransactionManager<K, V> {

		private Transactions(ProducerFactory<K, V> producers) {
			super(producers);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			try {
				super.doCommit(status);
			}
			catch (ProducerFencedException ex) {
				throw new KafkaException("the transaction was fenced", ex);
			}
		}

	}

	/**
	 * Leaves a record that fails to {@link AfterRollback}, so that what the failed
	 * attempt has sent is aborted before the record is tried again or put aside. The
	 * container hands over the records after it only here.
	 */
	private static final class InTransaction extends Consumption.ErrorHandler {

		private InTransaction(DeadLetters deadLetters, ClientFailures failures, ApplicationEventPublisher publisher) {
			super(deadLetters, failures, publisher);
		}

		@Override
		public void handleRemaining(Exception thrown, List<ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer,
				MessageListenerContainer container) {
			SeekUtils.doSeeksToBegin(records.subList(1, records.size()), consumer, this.logger);
			throw (RuntimeException) thrown;
		}

	}

	/**
	 * Tries the record again, or puts it aside, in a transaction of its own. The answer
	 * to a commit can be lost, after which nobody knows whether the order was handled. So
	 * this asks for the committed offset first, and does not go on without an answer. The
	 * coordinator gives it when that transaction has ended, which the new transaction
	 * sees to.
	 */
	private static final class AfterRollback extends DefaultAfterRollbackProcessor<Object, Object> {

		private final TransactionTemplate transaction;

		private final ClientFailures failures;

		private AfterRollback(DeadLetters deadLetters, KafkaTemplate<?, ?> kafka, TransactionTemplate transaction,
				ClientFailures failures) {
			super(deadLetters, Consumption.THREE_ATTEMPTS, kafka, true);
			this.transaction = transaction;
			this.failures = failures;
		}

		/**
		 * Not in one of the container's: if that failed, a record that was put aside in
		 * it would be skipped.
		 */
		@Override
		public boolean isProcessInTransaction() {
			return false;
		}

		@Override
		public void process(List<ConsumerRecord<Object, Object>> records, Consumer<Object, Object> consumer,
				@Nullable MessageListenerContainer container, Exception exception, boolean recoverable,
				EOSMode eosMode) {
			boolean done = false;
			while (!done && container != null && container.isRunning()) {
				try {
					this.transaction.executeWithoutResult((status) -> {
						if (!isCommitted(records, consumer)) {
							super.process(records, consumer, container, exception, recoverable, eosMode);
						}
					});
					done = true;
				}
				catch (RuntimeException ex) {
					this.failures.goOnAfter(ex);
				}
			}
		}

		private boolean isCommitted(List<ConsumerRecord<Object, Object>> records, Consumer<?, ?> consumer) {
			ConsumerRecord<Object, Object> failed = records.get(0);
			TopicPartition partition = new TopicPartition(failed.topic(), failed.partition());
			OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
			if (committed == null || committed.offset() <= failed.offset()) {
				return false;
			}
			if (consumer.assignment().contains(partition)) {
				SeekUtils.doSeeksToBegin(List.copyOf(records), consumer, this.logger);
				consumer.seek(partition, committed);
			}
			return true;
		}

	}

}
