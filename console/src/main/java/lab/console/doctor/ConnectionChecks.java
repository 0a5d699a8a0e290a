package lab.console.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

import lab.console.doctor.Listener.State;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigException;

/**
 * Why a client gets no connection, asked in the order in which a client finds out: does
 * anything listen, is it a broker, where does it send its clients, do they get there.
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
	 * Whether somebody must listen there; else the lab may not be started yet.
	 */
	private final boolean required;

	/**
	 * Looks as far as a client would get; who reads on only if all is well gets there
	 * too.
	 */
	List<Check> run() {
		List<Check> failed = new ArrayList<>();
		for (String server : this.bootstrapServers.split(",")) {
			try {
				Listener listener = Listener.of(server);
				State state = state(listener);
				if (state == State.KAFKA) {
					return broker(listener);
				}
				failed.add(noBroker(word(state), listener, listener.port()));
			}
			catch (IllegalArgumentException ex) {
				failed.add(noBroker("malformed", server, ""));
			}
		}
		return failed;
	}

	private State state(Listener listener) {
		String protocol = this.client.getProperty(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
				CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL);
		return protocol.toUpperCase(Locale.ROOT).endsWith("SSL") ? listener.connection() : listener.state();
	}

	private Check noBroker(String diagnosis, Object server, Object value) {
		String seen = this.messages.get("doctor.broker." + diagnosis, server, value);
		String remedy = this.messages.get("doctor.broker." + diagnosis + ".remedy", server, value);
		return (this.required || !diagnosis.equals("refused")) ? Check.failed("broker", diagnosis, seen, remedy)
				: Check.hint("broker", diagnosis, seen, remedy);
	}

	private List<Check> broker(Listener bootstrap) {
		AdvertisedListeners advertised;
		try {
			advertised = AdvertisedListeners.askedAt(bootstrap, this.client);
		}
		catch (IOException ex) {
			return List.of(noBroker(word(State.NOT_KAFKA), bootstrap, bootstrap.port()));
		}
		catch (KafkaException ex) {
			Throwable cause = (ex.getCause() instanceof ConfigException) ? ex.getCause() : ex;
			return List.of(noBroker("client-refused", bootstrap, String.valueOf(cause.getMessage())));
		}
		List<Check> checks = new ArrayList<>();
		checks.add(Check.ok("broker", this.messages.get("doctor.broker", bootstrap, advertised.brokers().size())));
		List<Check> wrong = advertised.brokers()
			.stream()
			.flatMap((broker) -> wrong(broker, advertised.clusterId(), bootstrap).stream())
			.toList();
		checks.addAll(wrong.isEmpty() ? List.of(advertised(advertised, bootstrap)) : wrong);
		return checks;
	}

	private Check advertised(AdvertisedListeners advertised, Listener bootstrap) {
		List<String> addresses = advertised.brokers()
			.stream()
			.map((broker) -> new Listener(broker.host(), broker.port()).toString())
			.sorted()
			.toList();
		return Check.ok("advertised",
				this.messages.get(
						addresses.contains(bootstrap.toString()) ? "doctor.advertised" : "doctor.advertised.elsewhere",
						bootstrap, String.join(", ", addresses)));
	}

	private Optional<Check> wrong(Node broker, String clusterId, Listener bootstrap) {
		Listener listener = new Listener(broker.host(), broker.port());
		String diagnosis = word(state(listener));
		if (diagnosis.equals(word(State.KAFKA))) {
			try {
				if (AdvertisedListeners.askedAt(listener, this.client).clusterId().equals(clusterId)) {
					return Optional.empty();
				}
				diagnosis = "other-cluster";
			}
			catch (IOException | KafkaException ex) {
				diagnosis = word(State.NOT_KAFKA);
			}
		}
		return Optional.of(Check.failed("advertised", "advertised-" + diagnosis,
				this.messages.get("doctor.advertised.wrong", bootstrap, listener, broker.idString(),
						this.messages.get("doctor.advertised." + diagnosis)),
				this.messages.get("doctor.advertised.remedy", bootstrap, listener, broker.idString())));
	}

	private static String word(State state) {
		return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
