package lab.kafka;

import java.nio.file.Path;
import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What differs from one broker of the lab to the next; all else stands in
 * {@code config/server.properties}.
 *
 * @param dataDir where the log segments and the cluster's metadata are kept
 * @param port where clients connect, on loopback
 * @param controllerPort where the KRaft controller listens, on loopback
 * @param clusterId what the brokers of one cluster have in common; a broker that is alone
 * makes one up
 * @param metricsPort where Prometheus is shown the broker's metrics, on loopback; nowhere
 * when empty
 * @param jmxPort where JMX clients connect, on loopback and without a password; nowhere
 * when empty, because whoever can use JMX can do what this process can
 * @param server further settings of Kafka's, by their own names; they win over the file
 */
@Validated
@ConfigurationProperties("lab.kafka")
record BrokerProperties(@NotNull Path dataDir, @DefaultValue("9092") @Min(1) @Max(65535) int port,
		@DefaultValue("9093") @Min(1) @Max(65535) int controllerPort, @Nullable String clusterId,
		@Nullable @Min(1) @Max(65535) Integer metricsPort, @Nullable @Min(1) @Max(65535) Integer jmxPort,
		@DefaultValue Map<String, String> server) {
}
