package lab.console.bench.run;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;

/**
 * Places orders with {@code POST /orders}, each on a connection that is kept open. The
 * client is one that blocks: the JDK's needs twice as much of the CPU time that it shares
 * with the service.
 */
final class PostedOrders implements OrderPlacer {

	private static final int CREATED = 201;

	private static final int TIMEOUT_SECONDS = 15;

	private final CloseableHttpClient client = HttpClients.custom()
		.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
			.setMaxConnPerRoute(OrderLoad.MOST_AT_ONCE)
			.setMaxConnTotal(OrderLoad.MOST_AT_ONCE)
			.setDefaultConnectionConfig(ConnectionConfig.custom()
				.setConnectTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
				.setSocketTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
				.build())
			.build())
		.disableAutomaticRetries()
		.disableCookieManagement()
		.disableContentCompression()
		.build();

	private final URI url;

	private final Messages messages;

	/**
	 * @param port where the service listens
	 */
	PostedOrders(int port, Messages messages) {
		this.url = URI.create("http://localhost:%d/orders".formatted(port));
		this.messages = messages;
	}

	@Override
	public void place(int number) {
		HttpPost request = new HttpPost(this.url);
		request.setEntity(new StringEntity(Json.line(new PostedOrder(String.valueOf(number), "customer-" + number)),
				ContentType.APPLICATION_JSON));
		try {
			int status = this.client.execute(request, (answer) -> {
				EntityUtils.consume(answer.getEntity());
				return answer.getCode();
			});
			if (status != CREATED) {
				throw new LabException(this.messages.get("bench.refused", status));
			}
		}
		catch (IOException ex) {
			throw new LabException(this.messages.get("bench.refused", ex), ex);
		}
	}

	@Override
	public void close() {
		this.client.close(CloseMode.IMMEDIATE);
	}

	private record PostedOrder(String message, String customerId) {
	}

}
