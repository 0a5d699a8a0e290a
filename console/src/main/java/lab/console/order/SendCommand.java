package lab.console.order;

import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Callable;

import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * {@code lab send}: places orders with {@code POST /orders} and prints the partition and
 * offset of each.
 */
@Command(name = "send")
public class SendCommand implements Callable<Integer> {

	@Mixin
	private final LabOptions options = new LabOptions();

	@Option(names = "-n", paramLabel = "N", defaultValue = "1", descriptionKey = "send.number")
	private int number;

	@Option(names = "--key", paramLabel = "KEY", descriptionKey = "send.key")
	private @Nullable String key;

	@Option(names = "--url", paramLabel = "URL", defaultValue = OrderClient.URL, descriptionKey = "send.url")
	private URI url = URI.create("");

	@Parameters(paramLabel = "TEXT", defaultValue = "order", descriptionKey = "send.text")
	private String text = "";

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws InterruptedException {
		Messages messages = this.options.messages();
		if (this.number < 1) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					messages.get("send.number-wrong", this.number));
		}
		if (this.key != null && this.key.isBlank()) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					messages.get("send.key-blank"));
		}
		OrderClient client = new OrderClient(this.url);
		for (int i = 1; i <= this.number; i++) {
			String message = (this.number == 1) ? this.text : this.text + "-" + i;
			JsonNode placed = client.place(message, this.key, messages,
					(sentence) -> System.err.println("lab: " + sentence));
			System.out.println(this.options.json() ? Json.line(placed) : describe(message, placed, messages));
		}
		return 0;
	}

	private static String describe(String message, JsonNode placed, Messages messages) {
		String key = placed.path("key").isNull() ? "-" : placed.path("key").asString();
		return messages.get("send.placed", message, placed.path("topic").asString(), placed.path("partition").asInt(),
				placed.path("offset").asLong(), key);
	}

}
