package lab.product.membership;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

import lab.product.ProductProperties;
import lab.product.Text;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Sets the group to start at the earliest record before it has members, and to read only
 * what is committed. These are settings of the group, not of its members; by default a
 * share group skips records sent before its first member joined, and reads those of
 * aborted transactions.
 */
@Slf4j
@Component
@Profile("share")
@RequiredArgsConstructor
class ShareGroup {

	private static final Map<String, String> SETTINGS = new TreeMap<>(
			Map.of("share.auto.offset.reset", "earliest", "share.isolation.level", "read_committed"));

	private final ProductProperties names;

	private final Admin admin;

	/**
	 * Sets what is not set so yet, or logs that this instance is not allowed to.
	 * @return false if the broker is away, so that it has to be tried again
	 */
	boolean isReady() {
		ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, this.names.group());
		try {
			Config before = Objects.requireNonNull(this.admin.describeConfigs(List.of(group)).all().get().get(group));
			List<AlterConfigOp> changes = SETTINGS.entrySet()
				.stream()
				.filter((setting) -> !setting.getValue().equals(before.get(setting.getKey()).value()))
				.map((setting) -> new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()),
						AlterConfigOp.OpType.SET))
				.toList();
			if (!changes.isEmpty()) {
				this.admin.incrementalAlterConfigs(Map.of(group, changes)).all().get();
				changes.forEach((change) -> log.info("{} has set {}={} for share group {} (it was {}).",
						this.names.instance(), change.configEntry().name(), change.configEntry().value(),
						this.names.group(), before.get(change.configEntry().name()).value()));
			}
			return true;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RetriableException) {
				return false;
			}
			log.warn(
					"{} may not set {} for share group {} ({}); without them the group skips records sent before its"
							+ " first member joined, and handles orders of aborted transactions.",
					this.names.instance(), SETTINGS, this.names.group(), Text.rootOf(ex));
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
