package lab.console.doctor;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

import lab.console.doctor.Listener.Reachability;
import lab.console.group.ClientSettings;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;

/**
 * Finds out why a client gets no connection, in the order in which the client would:
 * whether anything listens, whether it is a broker, which addresses it advertises, and
 * whether they lead to the same cluster.
 */
@RequiredArgsConstructor
final class ConnectionChecks {

	private final Messages messages;

	/**
	 * {@code host:port[,host:port...]}.
	 */
	private final String bootstrapServers;

	/**
	 * The client's further settings.
	 */
	private final Properties client;

	/**
	 * Whether a broker must listen there; else the lab may not be started yet.
	 */
	private final boolean required;

	/**
	 * Runs the checks up to the first that fails.
	 */
	List<Finding> run() {
		List<Finding> failed = new ArrayList<>();
		for (String server : this.bootstrapServers.split(",")) {
			try {
				Listener listener = Listener.of(server);
				Reachability answer = answer(listener);
				if (answer == Reachability.KAFKA) {
					return broker(listener);
				}
				failed.add(noBroker(word(answer), listener, listener.port()));
			}
			catch (IllegalArgumentException ex) {
				failed.add(noBroker("malformed", server, ""));
			}
		}
		return failed;
	}

	private Reachability answer(Listener listener) {
		return protocol().endsWith("SSL") ? listener.connection() : listener.reachability();
	}

	private String protocol() {
		return this.client
			.getProperty(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
			.toUpperCase(Locale.ROOT);
	}

	private Finding noBroker(String diagnosis, Object server, Object value) {
		String seen = this.messages.get("doctor.broker." + diagnosis, server, value);
		String remedy = this.messages.get("doctor.broker." + diagnosis + ".remedy", server, value);
		return (this.required || !diagnosis.equals("refused")) ? Finding.failed("broker", diagnosis, seen, remedy)
				: Finding.hint("broker", diagnosis, seen, remedy);
	}

	private List<Finding> broker(Listener bootstrap) {
		AdvertisedListeners advertised;
		try {
			advertised = AdvertisedListeners.askedAt(bootstrap, this.client);
		}
		catch (SocketTimeoutException ex) {
			return List.of(noBroker("slow", bootstrap, bootstrap.port()));
		}
		catch (IOException ex) {
			return List.of(noBroker(closed(), bootstrap, bootstrap.port()));
		}
		catch (KafkaException ex) {
			return List.of(noBroker("client-refused", bootstrap, ClientSettings.problem(ex, this.client)));
		}
		List<Finding> checks = new ArrayList<>();
		checks.add(Finding.ok("broker", this.messages.get("doctor.broker", bootstrap, advertised.brokers().size())));
		List<Finding> wrong = advertised.brokers()
			.stream()
			.flatMap((broker) -> new Attempts(this.messages)
				.required("advertised", () -> wrong(broker, advertised.clusterId(), bootstrap).stream().toList())
				.stream())
			.toList();
		checks.addAll(wrong.isEmpty() ? List.of(advertised(advertised, bootstrap)) : wrong);
		return checks;
	}

	/**
	 * Why a broker closes the connection when it is asked more than which versions it
	 * has: before a login it answers nothing else. A TLS listener was not asked that.
	 */
	private String closed() {
		return protocol().startsWith("SASL") || protocol().endsWith("SSL") ? word(Reachability.NOT_KAFKA)
				: "wants-login";
	}

	private Finding advertised(AdvertisedListeners advertised, Listener bootstrap) {
		List<String> addresses = advertised.brokers()
			.stream()
			.map((broker) -> new Listener(broker.host(), broker.port()).toString())
			.sorted()
			.toList();
		return Finding.ok("advertised",
				this.messages.get(
						addresses.contains(bootstrap.toString()) ? "doctor.advertised" : "doctor.advertised.elsewhere",
						bootstrap, String.join(", ", addresses)));
	}

	private Optional<Finding> wrong(Node broker, String clusterId, Listener bootstrap) {
		Listener listener = new Listener(broker.host(), broker.port());
		String diagnosis = word(answer(listener));
		if (diagnosis.equals(word(Reachability.KAFKA))) {
			try {
				if (AdvertisedListeners.askedAt(listener, this.client).clusterId().equals(clusterId)) {
					return Optional.empty();
				}
				diagnosis = "other-cluster";
			}
			catch (SocketTimeoutException ex) {
				diagnosis = "slow";
			}
			catch (IOException | KafkaException ex) {
				diagnosis = closed();
			}
		}
		return Optional.of(Finding.failed("advertised", "advertised-" + diagnosis,
				this.messages.get("doctor.advertised.wrong", bootstrap, listener, broker.idString(),
						this.messages.get("doctor.advertised." + diagnosis)),
				this.messages.get("doctor.advertised.remedy", bootstrap, listener, broker.idString())));
	}

	private static String word(Reachability answer) {
		return answer.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
