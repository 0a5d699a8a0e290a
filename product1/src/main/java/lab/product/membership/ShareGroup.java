package lab.product.membership;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

import lab.product.ProductProperties;
import lab.product.Text;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Sets the group to start at the earliest record before it has members. This is a setting
 * of the group, not of its members; by default a share group skips records sent before
 * its first member joined.
 */
@Slf4j
@Component
@Profile("share")
@RequiredArgsConstructor
class ShareGroup {

	private static final String OFFSET_RESET = "share.auto.offset.reset";

	private static final String EARLIEST = "earliest";

	private final ProductProperties names;

	private final Admin admin;

	/**
	 * Sets the group to start at the earliest record, or logs that this instance is not
	 * allowed to.
	 * @return false if the broker is away, so that it has to be tried again
	 */
	boolean readsFromBeginning() {
		ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, this.names.group());
		try {
			String value = Objects.requireNonNull(this.admin.describeConfigs(List.of(group)).all().get().get(group))
				.get(OFFSET_RESET)
				.value();
			if (!value.equals(EARLIEST)) {
				ConfigEntry earliest = new ConfigEntry(OFFSET_RESET, EARLIEST);
				this.admin
					.incrementalAlterConfigs(
							Map.of(group, List.of(new AlterConfigOp(earliest, AlterConfigOp.OpType.SET))))
					.all()
					.get();
				log.info("{} has set {}={} for share group {} (it was {}).", this.names.instance(), OFFSET_RESET,
						EARLIEST, this.names.group(), value);
			}
			return true;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RetriableException) {
				return false;
			}
			log.warn(
					"{} may not set {}={} for share group {} ({}); if it is not set, what was sent before the first"
							+ " member came is skipped.",
					this.names.instance(), OFFSET_RESET, EARLIEST, this.names.group(), Text.rootOf(ex));
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
