package lab.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;

import javax.management.MalformedObjectNameException;

import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Serves the metrics that {@code config/metrics.yml} selects to Prometheus. In the
 * container, the JMX exporter's agent serves the same ones.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class Metrics implements SmartLifecycle {

	private final BrokerProperties properties;

	private @Nullable HTTPServer server;

	/**
	 * Starts the HTTP server. If its port is taken, logs that and lets the broker start
	 * without metrics.
	 */
	@Override
	public void start() {
		Integer port = this.properties.metricsPort();
		if (port == null) {
			return;
		}
		PrometheusRegistry registry = new PrometheusRegistry();
		try (InputStream rules = new ClassPathResource("metrics.yml").getInputStream()) {
			new JmxCollector(rules).register(registry);
			JvmMetrics.builder().register(registry);
			this.server = HTTPServer.builder()
				.inetAddress(InetAddress.getLoopbackAddress())
				.port(port)
				.registry(registry)
				.buildAndStart();
			log.info("Metrics on http://localhost:{}/metrics", port);
		}
		catch (BindException ex) {
			log.warn("Port {} on localhost is taken, so this broker's metrics are not exported; "
					+ "choose another with --lab.kafka.metrics-port.", port);
		}
		catch (IOException ex) {
			throw new BrokerStartException("The metrics cannot be exported: " + ex.getMessage(),
					"Leave them out with --lab.kafka.metrics-port= (nothing after it).", ex);
		}
		catch (MalformedObjectNameException ex) {
			throw new BrokerStartException("config/metrics.yml names no MBean: " + ex.getMessage(),
					"Correct the name there, and build again.", ex);
		}
	}

	@Override
	public void stop() {
		HTTPServer server = this.server;
		this.server = null;
		if (server != null) {
			server.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

}
