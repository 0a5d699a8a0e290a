package lab.console.doctor;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * The advertised listeners in a bootstrap server's first answer to a client. Kafka's
 * Admin API cannot show them: it connects to the advertised addresses next, and times out
 * when they are wrong.
 *
 * @param clusterId the id of the cluster that answered
 * @param brokers its brokers, with their advertised addresses
 */
record AdvertisedListeners(String clusterId, Collection<Node> brokers) {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Asks one address, as a client with these settings does.
	 * @throws SocketTimeoutException if it does not answer in time
	 * @throws IOException if it ends the connection
	 * @throws org.apache.kafka.common.KafkaException if it refuses, or the settings are
	 * wrong
	 */
	static AdvertisedListeners askedAt(Listener listener, Properties client) throws IOException {
		Time time = Time.SYSTEM;
		Node node = new Node(-1, listener.host(), listener.port());
		AdminClientConfig config = new AdminClientConfig(client);
		long begin = time.milliseconds();
		try (Metrics metrics = new Metrics();
				NetworkClient network = ClientUtils.createNetworkClient(config, "lab-doctor-" + UUID.randomUUID(),
						metrics, "lab-doctor", new LogContext(), new ApiVersions(), time, 1, (int) TIMEOUT.toMillis(),
						new ManualMetadataUpdater(List.of(node)), new DefaultHostResolver())) {
			if (!NetworkClientUtils.awaitReady(network, node, time, TIMEOUT.toMillis())) {
				throw new SocketTimeoutException(listener + " does not answer");
			}
			MetadataResponse answer = (MetadataResponse) NetworkClientUtils
				.sendAndReceive(network, network.newClientRequest(node.idString(),
						new MetadataRequest.Builder(List.of(), false), time.milliseconds(), true), time)
				.responseBody();
			return new AdvertisedListeners(String.valueOf(answer.clusterId()), answer.brokers());
		}
		catch (IOException ex) {
			// the client itself ends the connection when a request times out
			if (time.milliseconds() - begin < TIMEOUT.toMillis()) {
				throw ex;
			}
			throw new SocketTimeoutException(String.valueOf(ex.getMessage()));
		}
	}

}
