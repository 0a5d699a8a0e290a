package lab.console.chaos.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import lab.console.chaos.ledger.HistoryLine.StockLevel;
import lab.console.instance.Instance;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import tools.jackson.databind.JsonNode;

/**
 * Reads the stock, which all products share, at {@code /actuator/stock} of one of them.
 */
final class StockClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private StockClient() {
	}

	/**
	 * @throws LabException if the product does not answer within 10 s
	 */
	static StockLevel read(Instance product, Messages messages) throws InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:%d/actuator/stock".formatted(product.port())))
			.timeout(TIMEOUT)
			.build();
		try {
			HttpResponse<String> response = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new LabException(messages.get("request.no-product", product.name(), product.port()));
			}
			JsonNode stock = Json.read(response.body());
			return new StockLevel(stock.required("amount").asLong(), stock.required("orders").asLong());
		}
		catch (IOException ex) {
			throw new LabException(messages.get("request.no-product", product.name(), product.port()), ex);
		}
	}

}
