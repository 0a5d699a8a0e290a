package lab.product.membership;

import java.util.concurrent.ExecutionException;

import lab.product.ProductProperties;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;

import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Says it when the group cannot be joined because it is of another type: a group stays a
 * share group, or none, until it is deleted, and the clients' own error does not say how.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class GroupConflict {

	private final ProductProperties names;

	private final Environment environment;

	private final KafkaConnectionDetails connection;

	private final Admin admin;

	private volatile boolean exists;

	/**
	 * Looks, and says so once.
	 */
	boolean exists() {
		boolean before = this.exists;
		this.exists = look();
		if (this.exists && !before) {
			boolean share = isShare();
			log.error(
					"{} cannot join group {}, which is a {} group: stop its members, delete it (kafka-{}-groups"
							+ " --bootstrap-server {} --delete --group {}), and {} joins.",
					this.names.instance(), this.names.group(), share ? "consumer" : "share",
					share ? "consumer" : "share", String.join(",", this.connection.getBootstrapServers()),
					this.names.group(), this.names.instance());
		}
		return this.exists;
	}

	private boolean isShare() {
		return this.environment.acceptsProfiles(Profiles.of("share"));
	}

	private boolean look() {
		try {
			return this.admin.listGroups()
				.all()
				.get()
				.stream()
				.filter((group) -> group.groupId().equals(this.names.group()))
				.findFirst()
				.flatMap(GroupListing::type)
				.map((type) -> (type == GroupType.SHARE) != isShare())
				.orElse(false);
		}
		catch (ExecutionException ex) {
			log.debug("The groups cannot be listed", ex);
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
