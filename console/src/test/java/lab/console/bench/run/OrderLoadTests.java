package lab.console.bench.run;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The load, with an HTTP server in place of the order service.
 */
class OrderLoadTests {

	private static final int REFUSED_FROM = 50;

	private final Set<String> taken = ConcurrentHashMap.newKeySet();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger atOnce = new AtomicInteger();

	private final AtomicInteger mostAtOnce = new AtomicInteger();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private HttpServer order;

	private OrderPlacer placer;

	private OrderLoad load;

	private volatile int refusedFrom = Integer.MAX_VALUE;

	@BeforeEach
	void startServer() throws Exception {
		this.order = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.order.setExecutor(this.threads);
		this.order.createContext("/orders", (exchange) -> {
			this.mostAtOnce.accumulateAndGet(this.atOnce.incrementAndGet(), Math::max);
			this.taken
				.add(Json.read(new String(exchange.getRequestBody().readAllBytes())).required("message").asString());
			// before the answer, as its sender goes on at once
			this.atOnce.decrementAndGet();
			exchange.sendResponseHeaders((this.requests.getAndIncrement() < this.refusedFrom) ? 201 : 503, -1);
			exchange.close();
		});
		this.order.start();
		this.placer = new PostedOrders(this.order.getAddress().getPort(), Messages.in(Language.EN));
		this.load = new OrderLoad(this.placer);
	}

	@AfterEach
	void stopServer() {
		this.placer.close();
		this.order.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void placesEachOrderWhenItIsDue() {
		List<OrderLoad.Placed> placed = this.load.place(20, 100);

		assertThat(this.taken).hasSize(20).contains("0", "19");
		assertThat(placed).hasSize(20).allMatch((order) -> order.answered() > order.due());
		assertThat(placed.get(19).due() - placed.get(0).due()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(190));
	}

	@Test
	void placesAnotherOrderAsSoonAsOneIsAcknowledged() {
		// the first answer is slow
		this.load.place(1, 1);
		this.requests.set(0);

		int acknowledged = this.load.placeMany(Duration.ofSeconds(2));

		// each sender's last answer comes after the end
		assertThat(this.requests.get() - acknowledged).isEqualTo(OrderLoad.MOST_AT_ONCE);
		assertThat(acknowledged).isPositive();
		assertThat(this.mostAtOnce.get()).isBetween(2, OrderLoad.MOST_AT_ONCE);
	}

	@Test
	void failsWhenAnOrderIsRefused() {
		this.refusedFrom = REFUSED_FROM;

		assertThatExceptionOfType(LabException.class).isThrownBy(() -> this.load.placeMany(Duration.ofMinutes(1)))
			.withMessageContaining("503");
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> this.load.place(2, 1000))
			.withMessageContaining("503");
	}

}
