package lab.console.group;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.LabException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code lab metrics}: serves a group's lag and offsets to Prometheus. They come from the
 * cluster, so that there are metrics also while the group has no members.
 */
@Command(name = "metrics")
public class MetricsCommand implements Callable<Integer> {

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Option(names = "--port", paramLabel = "PORT", defaultValue = "9308", descriptionKey = "metrics.port")
	private int port;

	@Override
	public Integer call() throws InterruptedException {
		String group = this.options.group();
		String topic = this.options.topic();
		PrometheusRegistry registry = new PrometheusRegistry();
		try (Cluster cluster = Cluster.connect(this.options); HTTPServer server = serve(registry)) {
			// an empty page while the broker is away: Prometheus would not wait for
			// Kafka's timeouts
			registry.register(() -> Cluster.reachable(this.options.bootstrapServer())
					? GroupMetrics.of(cluster.snapshot(group, topic)) : MetricSnapshots.of());
			System.out.println(
					this.options.messages().get("metrics.ready", group, "http://localhost:" + this.port + "/metrics"));
			// until Ctrl-C
			new CountDownLatch(1).await();
			return 0;
		}
	}

	private HTTPServer serve(PrometheusRegistry registry) {
		try {
			return HTTPServer.builder()
				.inetAddress(InetAddress.getLoopbackAddress())
				.port(this.port)
				.registry(registry)
				.buildAndStart();
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new LabException(this.options.messages().get("metrics.no-port", this.port, ex.getMessage()), ex);
		}
	}

}
