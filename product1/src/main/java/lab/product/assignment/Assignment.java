package lab.product.assignment;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import lab.product.Events;
import lab.product.ProductProperties;
import lab.product.RebalanceEvent;
import lab.product.RebalanceEvent.Type;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * The partitions that this instance reads: its own in a consumer group, shared ones in a
 * share group. Each change is published. Methods may be called from any thread.
 */
@Component
public class Assignment {

	private static final Comparator<TopicPartition> BY_TOPIC_AND_NUMBER = Comparator.comparing(TopicPartition::topic)
		.thenComparing(TopicPartition::partition);

	private final ProductProperties names;

	private final Events events;

	private final String protocol;

	private volatile Snapshot now = Snapshot.NONE;

	private volatile @Nullable String note;

	Assignment(ProductProperties names, Events events, KafkaProperties kafka, Environment environment) {
		this.names = names;
		this.events = events;
		this.protocol = environment.acceptsProfiles(Profiles.of("share")) ? "share"
				: Objects.toString(kafka.buildConsumerProperties().get("group.protocol"), "classic");
	}

	public Snapshot now() {
		return this.now;
	}

	/**
	 * Returns the group's protocol in Kafka's words: consumer (KIP-848), classic or
	 * share.
	 */
	String protocol() {
		return this.protocol;
	}

	/**
	 * Returns what else a reader of the partitions should know, null if nothing.
	 */
	@Nullable String note() {
		return this.note;
	}

	public void note(@Nullable String note) {
		this.note = note;
	}

	public synchronized void atEpoch(int epoch) {
		if (epoch != this.now.epoch()) {
			this.now = new Snapshot(this.now.owned(), epoch, this.now.recent());
		}
	}

	/**
	 * Adds partitions. Kafka also calls back with none, once a rebalance is complete:
	 * only the first such call is a change, as it says that there was no partition left
	 * for a new member.
	 * @return the published event; empty if nothing changed
	 */
	public synchronized Optional<RebalanceEvent> assigned(Collection<TopicPartition> partitions, int epoch) {
		if (partitions.isEmpty() && !this.now.recent().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(change(Type.ASSIGNED, partitions,
				Stream.concat(this.now.owned().stream(), partitions.stream()).distinct(), epoch));
	}

	/**
	 * Removes those of the partitions that are owned, after their offsets were committed.
	 * @return the published event; empty if nothing changed
	 */
	public Optional<RebalanceEvent> revoked(Collection<TopicPartition> partitions, int epoch) {
		return removed(Type.REVOKED, partitions, epoch);
	}

	/**
	 * Removes those of the partitions that are owned; their offsets could not be
	 * committed.
	 * @return the published event; empty if nothing changed
	 */
	Optional<RebalanceEvent> lost(Collection<TopicPartition> partitions, int epoch) {
		return removed(Type.LOST, partitions, epoch);
	}

	private synchronized Optional<RebalanceEvent> removed(Type type, Collection<TopicPartition> partitions, int epoch) {
		List<TopicPartition> removed = partitions.stream().filter(this.now.owned()::contains).toList();
		if (removed.isEmpty()) {
			return Optional.empty();
		}
		return Optional
			.of(change(type, removed, this.now.owned().stream().filter(Predicate.not(removed::contains)), epoch));
	}

	private RebalanceEvent change(Type type, Collection<TopicPartition> partitions, Stream<TopicPartition> owned,
			int epoch) {
		List<TopicPartition> after = owned.sorted(BY_TOPIC_AND_NUMBER).toList();
		RebalanceEvent event = new RebalanceEvent(type, this.names.instance(),
				names(partitions.stream().sorted(BY_TOPIC_AND_NUMBER)), names(after.stream()), epoch, Instant.now());
		this.now = this.now.after(event, after);
		this.events.publish(event);
		return event;
	}

	private static List<String> names(Stream<TopicPartition> partitions) {
		return partitions.map(TopicPartition::toString).toList();
	}

	/**
	 * @param owned the partitions, by topic and number
	 * @param epoch the member epoch or generation, -1 before the first
	 * @param recent the last 20 changes, newest first
	 */
	public record Snapshot(List<TopicPartition> owned, int epoch, List<RebalanceEvent> recent) {

		private static final int RECENT = 20;

		static final Snapshot NONE = new Snapshot(List.of(), -1, List.of());

		private Snapshot after(RebalanceEvent event, List<TopicPartition> owned) {
			return new Snapshot(owned, event.epoch(),
					Stream.concat(Stream.of(event), this.recent.stream()).limit(RECENT).toList());
		}

	}

}
