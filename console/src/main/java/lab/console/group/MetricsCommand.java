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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code lab metrics}: serves a group's state, lag and offsets to Prometheus. They come
 * from the cluster, so that there are metrics also while the group has no members.
 */
@Command(name = "metrics")
public class MetricsCommand implements Callable<Integer> {

	/**
	 * How long arrivals are remembered. At a scrape every two seconds an hour takes a few
	 * megabytes where there are a hundred partitions.
	 */
	private static final Duration ARRIVALS_KEPT = Duration.ofHours(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Option(names = "--port", paramLabel = "PORT", defaultValue = "9308", descriptionKey = "metrics.port")
	private int port;

	private final Arrivals arrivals = new Arrivals(ARRIVALS_KEPT);

	@Override
	public Integer call() throws Exception {
		this.options.requirePort(this.port);
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
		registry.register(() -> Cluster.reachable(this.options.bootstrapServer()) ? metrics(cluster, group, topic)
				: MetricSnapshots.of());
		System.out
			.println(this.options.messages().get("metrics.ready", group, "http://localhost:" + this.port + "/metrics"));
		cleanup.awaitInterrupt();
		return 0;
	}

	/**
	 * One scrape after the other: the cluster is used by one thread.
	 */
	private synchronized MetricSnapshots metrics(Cluster cluster, String group, String... topic) {
		GroupSnapshot now = cluster.countedSnapshot(group, topic);
		this.arrivals.look(now);
		return GroupMetrics.of(now, this.arrivals);
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
