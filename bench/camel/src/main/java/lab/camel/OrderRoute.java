package lab.camel;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * Takes orders over HTTP and sends each to Kafka. The answer waits for the
 * acknowledgement of all in-sync replicas.
 * <p>
 * Its arguments are the port on loopback, the bootstrap servers and the topic.
 */
public final class OrderRoute extends RouteBuilder {

	private static final int CREATED = 201;

	private final String[] arguments;

	private OrderRoute(String[] arguments) {
		this.arguments = arguments;
	}

	public static void main(String[] args) throws Exception {
		Main main = new Main();
		main.configure().addRoutesBuilder(new OrderRoute(args));
		main.run();
	}

	@Override
	public void configure() {
		from("undertow:http://localhost:%s/orders?httpMethodRestrict=POST".formatted(this.arguments[0]))
			.convertBodyTo(String.class)
			.removeHeaders("*")
			.to("kafka:%s?brokers=%s&requestRequiredAcks=all&lingerMs=0".formatted(this.arguments[2],
					this.arguments[1]))
			.setHeader(Exchange.HTTP_RESPONSE_CODE, constant(CREATED));
	}

}
