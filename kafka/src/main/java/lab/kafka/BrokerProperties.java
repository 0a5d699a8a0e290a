package lab.kafka;

import java.nio.file.Path;
import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings that differ between the lab's brokers. All others are in
 * {@code config/server.properties}.
 *
 * @param dataDir the folder of the log segments and the cluster's metadata
 * @param port the port for clients, on loopback
 * @param controllerPort the port of the KRaft controller, on loopback
 * @param clusterId the same for all brokers of a cluster; random if null
 * @param metricsPort the port that Prometheus reads metrics from, on loopback; null for
 * no metrics
 * @param jmxPort the port for JMX clients, on loopback and without a password; null for
 * no JMX, which gives a client full control of this process
 * @param minFree how much must be free where the data is, for the broker to start
 * @param server further settings by Kafka's names; they override the file
 */
@Validated
@ConfigurationProperties("lab.kafka")
record BrokerProperties(@NotNull Path dataDir, @DefaultValue("9092") @Min(1) @Max(65535) int port,
		@DefaultValue("9093") @Min(1) @Max(65535) int controllerPort, @Nullable String clusterId,
		@Nullable @Min(1) @Max(65535) Integer metricsPort, @Nullable @Min(1) @Max(65535) Integer jmxPort,
		@DefaultValue("50MB") DataSize minFree, @DefaultValue Map<String, String> server) {
}
