package lab.console.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import lab.console.terminal.LabException;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The topics and groups of a {@link Cluster} whose names begin with a prefix, which is
 * how several people share one.
 */
@RequiredArgsConstructor
public final class PrefixedNames {

	private final Admin admin;

	private final AdminAnswers answers;

	private final Topics allTopics;

	private final String prefix;

	/**
	 * Their names, in alphabetical order.
	 */
	public Set<String> all() {
		Set<String> names = new TreeSet<>(topics());
		names.addAll(consumerGroups());
		names.addAll(shareGroups());
		return names;
	}

	/**
	 * Deletes all of them, as {@link #delete(Set)} does.
	 */
	public void delete() {
		delete(all());
	}

	/**
	 * Deletes those of them that are named: share groups, then consumer groups, then
	 * topics. A broker that is asked for a share group whose topic it has just deleted
	 * may answer only after many attempts of its own. A topic can be listed for a moment
	 * after it was deleted.
	 * @param names may contain names that do not exist
	 * @throws LabException if a group still has members; what comes after it is left then
	 */
	public void delete(Set<String> names) {
		awaitUnlessGone(this.admin.deleteShareGroups(both(shareGroups(), names)).deletedGroups());
		awaitUnlessGone(this.admin.deleteConsumerGroups(both(consumerGroups(), names)).deletedGroups());
		awaitUnlessGone(this.admin.deleteTopics(both(topics(), names)).topicNameValues());
	}

	private void awaitUnlessGone(Map<String, KafkaFuture<Void>> deleted) {
		Set<Class<? extends Exception>> gone = Set.of(UnknownTopicOrPartitionException.class,
				GroupIdNotFoundException.class);
		deleted.values().forEach((future) -> this.answers.awaitUnless(gone, future));
	}

	private static Set<String> both(Set<String> existing, Set<String> named) {
		return existing.stream().filter(named::contains).collect(Collectors.toSet());
	}

	private Set<String> topics() {
		return beginning(this.allTopics.names());
	}

	private Set<String> consumerGroups() {
		return beginning(ids(this.answers.await(this.admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())));
	}

	private Set<String> shareGroups() {
		return beginning(this.answers
			.awaitUnless(Set.of(UnsupportedVersionException.class),
					this.admin.listGroups(ListGroupsOptions.forShareGroups()).all())
			.map(PrefixedNames::ids)
			.orElse(List.of()));
	}

	private static List<String> ids(Collection<GroupListing> groups) {
		return groups.stream().map(GroupListing::groupId).toList();
	}

	private Set<String> beginning(Collection<String> names) {
		return names.stream().filter((name) -> name.startsWith(this.prefix)).collect(Collectors.toSet());
	}

}
