package lab.console.group;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Callable;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import lab.console.process.Cleanup;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.LabException;
import lab.console.terminal.OptionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code lab metrics}: serves a group's lag and offsets to Prometheus. They come from the
 * cluster, so that there are metrics also while the group has no members.
 */
@Command(name = "metrics")
public class MetricsCommand implements Callable<Integer> {

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Option(names = "--port", paramLabel = "PORT", defaultValue = "9308", descriptionKey = "metrics.port")
	private int port;

	@Override
	public Integer call() throws Exception {
		if (this.port < 1 || this.port > 65535) {
			throw new OptionException(this.options.messages().get("board.port-wrong", this.port));
		}
		return Cleanup.run(new CleanupReport(this.options.messages()), this::serve);
	}

	private int serve(Cleanup cleanup) throws InterruptedException {
		String group = this.options.group();
		String[] topic = this.options.expectedTopic().stream().toArray(String[]::new);
		PrometheusRegistry registry = new PrometheusRegistry();
		Cluster cluster = cleanup.add("cluster", CLOSE_TIMEOUT, Cluster.connect(this.options));
		cleanup.add("metrics", CLOSE_TIMEOUT, serve(registry));
		// an empty page while the broker is away: Prometheus would not wait for
		// Kafka's timeouts
		registry.register(() -> Cluster.reachable(this.options.bootstrapServer())
				? GroupMetrics.of(cluster.countedSnapshot(group, topic)) : MetricSnapshots.of());
		System.out
			.println(this.options.messages().get("metrics.ready", group, "http://localhost:" + this.port + "/metrics"));
		cleanup.awaitInterrupt();
		return 0;
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
