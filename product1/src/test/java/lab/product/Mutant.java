package lab.product;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import lab.product.assignment.CommitAfterLoss;
import lab.product.stock.InsertOutsideTransaction;
import lab.product.stock.Stock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mistakes, each planted into the real service by settings or by beans that replace those
 * of the service, and the guarantee that each breaks.
 */
enum Mutant {

	/** The service as it is. */
	NONE(null),

	COMMIT_BEFORE_HANDLING(Guarantee.COMMITS, CommitBeforeHandling.class),

	COMMIT_BEFORE_ACKNOWLEDGMENT(Guarantee.HANDLED, CommitBeforeAcknowledgment.class),

	LATEST(Guarantee.HANDLED, "--spring.kafka.consumer.auto-offset-reset=latest"),

	EXCEPTION_SWALLOWED(Guarantee.HANDLED, ExceptionSwallowed.class),

	DEAD_LETTER_SKIPPED(Guarantee.DEAD_LETTERED, DeadLetterSkipped.class),

	LOST_PARTITION_HANDLED(Guarantee.OWNED, LostPartitionHandled.class),

	COMMIT_AFTER_LOSS(Guarantee.COMMITS, CommitAfterLoss.class),

	INSERT_OUTSIDE_TRANSACTION(Guarantee.COUNTED_ONCE, InsertOutsideTransaction.class),

	RANDOM_TRANSACTIONAL_ID(Guarantee.SEEN_ONCE, "--spring.kafka.producer.transaction-id-prefix=${random.uuid}-");

	/** The guarantee that it breaks; null where there is no mistake. */
	final @Nullable Guarantee breaks;

	private final String[] settings;

	Mutant(@Nullable Guarantee breaks, String... settings) {
		this.breaks = breaks;
		this.settings = settings;
	}

	/**
	 * A class with bean methods, without an annotation by which every instance under test
	 * would find it.
	 */
	Mutant(Guarantee breaks, Class<?> beans) {
		this(breaks, "--spring.main.sources=" + beans.getName(), "--spring.main.allow-bean-definition-overriding=true");
	}

	/**
	 * Settings of an instance with the mistake, and others.
	 */
	String[] settings(String... others) {
		return Stream.concat(Stream.of(this.settings), Stream.of(others)).toArray(String[]::new);
	}

	/**
	 * Of the guarantees, that which this mutant breaks is broken when the group is at
	 * rest, none where there is no mistake.
	 */
	void assertBreaks(Group group, Guarantee... guarantees) {
		Group.await("the group is at rest").until(() -> Guarantee.isAtRest(group));
		Awaitility.await("what is broken").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			if (this.breaks == null) {
				assertThat(Guarantee.broken(group, guarantees)).isEmpty();
			}
			else {
				assertThat(Guarantee.broken(group, guarantees)).containsKey(this.breaks);
			}
		});
	}

	private static final class CommitBeforeHandling {

		@Bean
		RecordInterceptor<Object, Object> commitBeforeHandling() {
			return (record, consumer) -> {
				consumer.commitSync(Map.of(new TopicPartition(record.topic(), record.partition()),
						new OffsetAndMetadata(record.offset() + 1)));
				return record;
			};
		}

	}

	private static final class CommitBeforeAcknowledgment {

		@Bean
		EventsInFlight eventsInFlight() {
			return new EventsInFlight() {

				@Override
				void add(ConsumerRecord<?, ?> order, CompletableFuture<?> event) {
					// the mistake
				}

			};
		}

	}

	private static final class ExceptionSwallowed {

		@Bean
		Orders orders(ProductProperties names, HandlingTime handlingTime, Events events, Optional<Stock> stock,
				Optional<EventsInFlight> inFlight) {
			return new Orders(names, handlingTime, events, stock, inFlight) {

				@Override
				void on(@Payload OrderPlaced event, ConsumerRecord<byte[], byte[]> at) {
					try {
						super.on(event, at);
					}
					catch (Exception ex) {
						// the mistake
					}
				}

			};
		}

	}

	private static final class DeadLetterSkipped {

		@Bean
		DeadLetters deadLetters(ProductProperties names, KafkaOperations<byte[], byte[]> kafka, JsonMapper json) {
			return new DeadLetters(names, kafka, json) {

				@Override
				public void accept(ConsumerRecord<?, ?> record, @Nullable Consumer<?, ?> consumer, Exception ex) {
					// the mistake
				}

			};
		}

	}

	private static final class LostPartitionHandled {

		/**
		 * Replaces OwnedRecords.
		 */
		@Bean
		DefaultKafkaConsumerFactoryCustomizer ownedRecords() {
			return (factory) -> {
				// the mistake
			};
		}

	}

}
