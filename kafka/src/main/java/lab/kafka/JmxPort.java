package lab.kafka;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;

import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Opens a port for JMX clients such as jconsole and kafka-jmx, as
 * {@code -Dcom.sun.management.jmxremote.port} does. That option would have to be given
 * twice, for {@code mvn spring-boot:run} and for {@code lab up}.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class JmxPort implements SmartLifecycle {

	private static final RMIServerSocketFactory LOOPBACK = (port) -> new ServerSocket(port, 0,
			InetAddress.getLoopbackAddress());

	private final BrokerProperties properties;

	private @Nullable Registry registry;

	private @Nullable JMXConnectorServer server;

	@Override
	public void start() {
		Integer port = this.properties.jmxPort();
		if (port == null) {
			return;
		}
		// otherwise RMI sends clients to this machine's external address
		System.setProperty("java.rmi.server.hostname", "localhost");
		try {
			this.registry = LocateRegistry.createRegistry(port, null, LOOPBACK);
			JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
					new JMXServiceURL(
							"service:jmx:rmi://localhost:%1$d/jndi/rmi://localhost:%1$d/jmxrmi".formatted(port)),
					Map.of(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, LOOPBACK),
					ManagementFactory.getPlatformMBeanServer());
			server.start();
			this.server = server;
		}
		catch (IOException ex) {
			stop();
			throw new BrokerStartException(
					"JMX cannot listen on port %d of localhost: %s".formatted(port,
							NestedExceptionUtils.getMostSpecificCause(ex).getMessage()),
					"Stop what listens there, or choose another port with JMX_PORT.", ex);
		}
	}

	@Override
	public void stop() {
		JMXConnectorServer server = this.server;
		Registry registry = this.registry;
		this.server = null;
		this.registry = null;
		try {
			if (server != null) {
				server.stop();
			}
			if (registry != null) {
				UnicastRemoteObject.unexportObject(registry, true);
			}
		}
		catch (IOException ex) {
			// a client was still connected; the port is closed nevertheless
			log.debug("JMX stopped", ex);
		}
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

}
