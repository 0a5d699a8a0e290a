package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot;
import lab.console.group.PossibleCause;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that are added to topics, and since when partitions have no owner.
 */
@RequiredArgsConstructor
final class Growth {

	/**
	 * Partitions that are added in the lab are seen within this time.
	 */
	private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

	private final History history;

	/** By topic: partitions are being added in the lab. */
	private final Map<String, PossibleCause> growing = new HashMap<>();

	private final Map<String, Instant> unownedSince = new HashMap<>();

	/**
	 * Partitions are being added to the topic that is the cause's target.
	 */
	void begin(PossibleCause cause) {
		this.growing.put(cause.target(), cause);
	}

	void compare(@Nullable GroupSnapshot before, GroupSnapshot now) {
		if (before != null) {
			added(before, now);
			this.growing.values().removeIf((cause) -> cause.at().isBefore(now.at().minus(SEEN_WITHIN)));
		}
		Map<String, Instant> unowned = new HashMap<>();
		now.partitions().stream().filter((partition) -> partition.readBy().isEmpty()).forEach((partition) -> {
			Instant since = Optional.ofNullable(this.growing.get(partition.topic()))
				.map(PossibleCause::at)
				.orElse(now.at());
			unowned.put(partition.name(), this.unownedSince.getOrDefault(partition.name(), since));
		});
		this.unownedSince.clear();
		this.unownedSince.putAll(unowned);
	}

	private void added(GroupSnapshot before, GroupSnapshot now) {
		Set<String> topics = before.partitions()
			.stream()
			.map(GroupSnapshot.Partition::topic)
			.collect(Collectors.toSet());
		Set<String> known = before.partitions().stream().map(GroupSnapshot.Partition::name).collect(Collectors.toSet());
		now.partitions()
			.stream()
			.filter((partition) -> topics.contains(partition.topic()) && !known.contains(partition.name()))
			.forEach((partition) -> {
				PossibleCause here = this.growing.get(partition.topic());
				this.history.add(new PossibleCause((here != null) ? here.at() : now.at(), PossibleCause.Kind.GROWN,
						partition.name(), here != null));
			});
	}

	/**
	 * Since when partitions have no owner, by their names.
	 */
	Map<String, Instant> unownedSince() {
		return this.unownedSince;
	}

}
