import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Mails a notice of each order, which reaches it in two ways: by a request to
 * {@code POST /notices}, or by an event in a topic. A mail is a line in a file here.
 * <p>
 * {@code kafka-run-class EmailService.java BOOTSTRAP-SERVER TOPIC GROUP MAILBOX}
 */
final class EmailService {

	private static final int PORT = 8190;

	private final Path mailbox;

	private EmailService(Path mailbox) {
		this.mailbox = mailbox;
	}

	public static void main(String[] args) throws IOException {
		EmailService service = new EmailService(Path.of(args[3]));
		HttpServer requests = HttpServer.create(new InetSocketAddress("127.0.0.1", PORT), 0);
		requests.createContext("/notices", service::onRequest);
		requests.start();

		Map<String, Object> settings = Map.of("bootstrap.servers", args[0], "group.id", args[2], "group.protocol",
				"consumer", "auto.offset.reset", "earliest", "enable.auto.commit", false);
		StringDeserializer text = new StringDeserializer();
		try (KafkaConsumer<String, String> events = new KafkaConsumer<>(settings, text, text)) {
			stopOnCtrlC(events);
			events.subscribe(List.of(args[1]));
			System.out.println("email service is ready: http://localhost:" + PORT + "/notices, topic " + args[1]);
			while (true) {
				events.poll(Duration.ofSeconds(1)).forEach(service::onEvent);
				// only now, so that a mail is rather sent twice than never
				events.commitSync();
			}
		}
		catch (WakeupException ex) {
			requests.stop(0);
		}
	}

	private void onRequest(HttpExchange request) throws IOException {
		String notice = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		boolean mailed = mail(notice, "by request");
		request.sendResponseHeaders(mailed ? 201 : 400, -1);
		request.close();
	}

	private void onEvent(ConsumerRecord<String, String> event) {
		long age = System.currentTimeMillis() - event.timestamp();
		mail(event.value(), "by event, " + Duration.ofMillis(age).toSeconds() + " s later");
	}

	/**
	 * Two threads mail: that of the requests and that of the events.
	 */
	private synchronized boolean mail(String notice, String how) {
		if (!notice.contains("@")) {
			System.out.println("cannot mail, as there is no address: " + notice + " (" + how + ")");
			return false;
		}
		String mail = "mailed: " + notice + " (" + how + ")";
		System.out.println(mail);
		try {
			Files.writeString(this.mailbox, mail + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return true;
	}

	/**
	 * Lets the loop end, so that the consumer leaves its group in good order.
	 */
	private static void stopOnCtrlC(KafkaConsumer<?, ?> events) {
		Thread loop = Thread.currentThread();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			events.wakeup();
			try {
				loop.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}));
	}

}
