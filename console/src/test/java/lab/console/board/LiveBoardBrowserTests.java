package lab.console.board;

import java.time.Duration;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot;
import lab.console.group.WatchedGroup;
import lab.console.terminal.LabOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The board on a real broker and real services, whose protocol is {@code consumer}
 * (KIP-848) with a session of 5 s; and on a group of others under the classic protocol.
 */
class LiveBoardBrowserTests extends PagesOfTheLab {

	@BeforeEach
	void open() {
		browser.emulate(1280, 1000, "light");
		browser.forgetErrors();
		browser.driver().get("http://localhost:%d/?lang=en".formatted(port));
		await("both products are shown", () -> assertThat(browser.all(".member")).hasSize(2));
	}

	/**
	 * Lesson 3, without a terminal: one member is idle; orders go to the one partition; a
	 * second partition goes to the idle member and the other one keeps its own; who is
	 * killed is waited for until its session ends.
	 */
	@Test
	void doesLessonOneWithoutATerminal() {
		String idle = attribute(".member[data-idle=true]", "data-member");
		String owner = attribute(".lane[data-partition=topic_example-0]", "data-owner");
		assertThat(idle).isNotEqualTo(owner);
		await("why is told", () -> assertThat(verdict()).startsWith(idle + " is idle (members: 2, partitions: 1)"));

		browser.find("[data-action=send][data-number='10']").click();
		await("all orders went to the one partition",
				() -> assertThat(browser.find("#sent").getText()).isEqualTo("Placed: 10. P0: 10."));
		await("the owner has handled them",
				() -> assertThat(browser.find("[data-member=%s] .handled".formatted(owner)).getText())
					.startsWith("handled 10"));
		Map<String, String> before = ownersByAdmin();

		browser.find("[data-action=grow]").click();
		browser.find("[data-action=grow-confirm]").click();
		await("the idle member has the new partition",
				() -> assertThat(attribute(".lane[data-partition=topic_example-1]", "data-owner")).isEqualTo(idle));
		assertThat(attribute(".lane[data-partition=topic_example-0]", "data-owner")).isEqualTo(owner);
		Map<String, String> after = ownersByAdmin();

		await("the rebalance is in the timeline", () -> assertThat(lastRebalance()).contains("added: P1", "observed"));
		assertThat(rows("#rebalance", 1)).as("owners before").isEqualTo(before);
		assertThat(rows("#rebalance", 2)).as("owners after").isEqualTo(after);
		assertThat(rows("#rebalance", 3)).isEqualTo(Map.of("topic_example-0", "kept", "topic_example-1", "added"));
		assertThat(rows("#partitions", 5)).as("the table says the same as the board").isEqualTo(after);

		await("order knows the new partition", () -> assertThat(Files.readString(state.resolve("logs/order.log")))
			.contains("order knows 2 partitions of topic_example"));
		browser.find("[data-action=send][data-number='10']").click();
		await("orders go to both partitions, and none waits", () -> assertThat(browser.all(".lane")).allSatisfy(
				(lane) -> assertThat(lane.getText()).containsPattern("committed [1-9]\\d*\\s").endsWith("lag 0")));
		// what the README shows
		browser.screenshot("board.png");

		browser.find("[data-action=kill][data-instance=%s]".formatted(owner)).click();
		await("its end is counted down", () -> {
			assertThat(verdict())
				.matches(owner + " died\\. Its partitions move when its session expires, in [\\d.]+ s at most\\.");
			assertThat(attribute(".member[data-member=%s]".formatted(owner), "data-silent")).isEqualTo("true");
		});
		await("the other one has taken over", () -> assertThat(ownersByPage().values()).containsOnly(idle).hasSize(2));
		await("why is told",
				() -> assertThat(lastRebalance()).contains(owner + " died; its session expired", "observed"));
		assertThat(rows("#rebalance", 4).get("topic_example-0")).as("stood still until the session ended")
			.matches("\\d{4,} ms");

		browser.find("[data-action=start][data-instance=%s]".formatted(owner)).click();
		await("each has a partition again",
				() -> assertThat(ownersByPage().values()).containsExactlyInAnyOrder(owner, idle));
		assertThat(ownersByPage()).isEqualTo(ownersByAdmin());
		browser.assertNoErrors();
	}

	/**
	 * A record that is no order: its dead letter is shown, looked at and returned. Each
	 * time it fails again, until the board refuses to return it.
	 */
	@Test
	void returnsADeadLetterUntilTheLimit() throws Exception {
		assertThat(browser.all("#dead-letters")).as("nothing is shown where there are none").isEmpty();
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", SERVER),
				new StringSerializer(), new StringSerializer())) {
			producer.send(new ProducerRecord<>(LabOptions.TOPIC, 0, "kim", "hello")).get();
		}
		await("it is shown with its cause and origin",
				() -> assertThat(letters()).singleElement()
					.asString()
					.contains("it is not JSON (Unrecognized token 'hello')", "from topic_example-0@", "Return")
					.doesNotContain("earlier returns"));
		await("the feed tells of it", () -> assertThat(browser.texts("#feed li[data-key='event.dead-letters']"))
			.anyMatch((text) -> text.contains("New dead letters in topic_example-dlt: 1.")));
		browser.find(".letter [data-action=contents]").click();
		await("its contents are shown", () -> assertThat(browser.find(".letter .contents").getText()).contains("kim",
				"hello", "kafka_dlt-original-topic"));
		browser.find(".letter [data-action=contents]").click();

		for (int returns = 1; returns <= 3; returns++) {
			String last = attribute(".letter", "data-letter");
			browser.find(".letter [data-action=return]").click();
			String facts = "earlier returns: " + returns;
			await("it has failed again", () -> assertThat(letters().get(0)).contains(facts));
			await("the page says that it was returned",
					() -> assertThat(browser.find("#dead-letters [role=status]").getText())
						.startsWith(last + " was returned: its record is at topic_example-0@"));
			assertThat(attribute(".letter[data-letter='%s']".formatted(last), "data-returned")).isEqualTo("true");
			assertThat(browser.all(".letter[data-letter='%s'] [data-action=return]".formatted(last))).isEmpty();
		}
		browser.find(".letter [data-action=return]").click();
		await("it is refused", () -> assertThat(browser.find("#dead-letters [role=alert]").getText())
			.contains("failed again each time it was returned (returns: 3, allowed: 3)"));
		browser.find("[data-action=return-all]").click();
		await("so are all", () -> assertThat(browser.find("#dead-letters [role=status]").getText())
			.startsWith("Returned: 0, refused: 1. "));
		assertThat(browser.find("#dead-letters header").getText()).contains("topic_example-dlt: 4, not returned: 1");
		for (int width : List.of(360, 1280)) {
			browser.emulate(width, 1000, "light");
			browser.assertFitsTheWindow();
		}
		browser.assertAccessible();
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVER))) {
			admin
				.deleteRecords(
						Map.of(new TopicPartition(LabOptions.TOPIC + "-dlt", 0), RecordsToDelete.beforeOffset(-1)))
				.all()
				.get();
		}
		await("those that are deleted are not shown", () -> assertThat(browser.all("#dead-letters")).isEmpty());
		// the browser logs the refusal
		browser.forgetErrors();
	}

	@Test
	void goesOnByItselfAfterTheConsoleWasRestarted() {
		board.close();
		await("it says that the console is away",
				() -> assertThat(browser.find("#problem").getText()).startsWith("The console does not answer"));
		await("what it shows is old", () -> assertThat(attribute("#flow", "data-stale")).isEqualTo("true"));
		assertThat(verdict()).startsWith("Not known now, because the console does not answer.");
		assertThat(attribute(".verdict", "data-level")).isEqualTo("BAD");
		await("the timeline does not go on", () -> assertThat(browser.all(".outage")).isNotEmpty());
		board = board(WatchedGroup.lab(OPTIONS), port);
		await("it shows what is now", () -> {
			assertThat(browser.find("#problem").isDisplayed()).isFalse();
			assertThat(attribute("#flow", "data-stale")).isNotEqualTo("true");
			assertThat(verdict()).doesNotContain("Not known");
		});
		// the browser logs that it could not connect
		browser.forgetErrors();
	}

	/**
	 * On the card of a member, what can be done to it now: a paused one can be resumed or
	 * killed.
	 */
	@Test
	void showsOnlyWhatCanBeDoneNow() {
		await("what can be done to an instance that runs",
				() -> assertThat(actions()).containsExactly("stop", "kill", "pause", "handling"));
		browser.find("[data-action=pause][data-instance=product1]").click();
		await("to one that is paused", () -> assertThat(actions()).containsExactly("resume", "kill"));
		browser.find("[data-action=resume][data-instance=product1]").click();
		await("to one that runs again",
				() -> assertThat(actions()).containsExactly("stop", "kill", "pause", "handling"));
		browser.assertNoErrors();
	}

	private static List<String> actions() {
		return browser.all("[data-action][data-instance=product1]")
			.stream()
			.map((button) -> button.getDomAttribute("data-action"))
			.toList();
	}

	@Test
	void standsStillWhileItIsFrozen() {
		browser.find("body").sendKeys(Keys.SPACE);
		await("it says so", () -> assertThat(browser.find("#frozen").getText()).startsWith("Frozen for"));
		String shown = attribute("#age", "datetime");
		await("time goes by", () -> assertThat(browser.find("#frozen").getText()).doesNotContain("for 0 s", "for 1 s"));
		assertThat(attribute("#age", "datetime")).isEqualTo(shown);
		browser.find("body").sendKeys(Keys.SPACE);
		await("it goes on", () -> assertThat(attribute("#age", "datetime")).isNotEqualTo(shown));
		browser.assertNoErrors();
	}

	/**
	 * A page of another origin is open in the same browser.
	 */
	@Test
	void cannotBeDrivenByAnotherSite() {
		browser.driver().get("http://127.0.0.1:%d/lessons.html".formatted(port));
		for (String mode : List.of("cors", "no-cors")) {
			browser.driver().executeScript("""
					return fetch(arguments[0], { method: 'POST', mode: arguments[1], body: '{}',
						headers: arguments[1] === 'cors' ? { 'Content-Type': 'application/json' } : {} })
						.then(() => 'sent', () => 'refused');
					""", "http://localhost:%d/api/instances/product1/kill".formatted(port), mode);
		}
		assertThat(cluster.snapshot(LabOptions.GROUP, LabOptions.TOPIC).members()).hasSize(2);
		browser.forgetErrors();
		browser.driver().get("http://localhost:%d/?lang=en".formatted(port));
		await("product1 runs on",
				() -> assertThat(attribute(".instance[data-instance=product1]", "data-state")).isEqualTo("RUNNING"));
	}

	@Test
	void isLiveOnTenPagesAtOnce() {
		String first = browser.driver().getWindowHandle();
		for (int i = 1; i < 10; i++) {
			browser.driver().switchTo().newWindow(WindowType.TAB);
			browser.driver().get("http://localhost:%d/?lang=en".formatted(port));
		}
		assertThat(browser.driver().getWindowHandles()).hasSize(10);
		for (String page : browser.driver().getWindowHandles()) {
			browser.driver().switchTo().window(page);
			await("this page is live", () -> {
				assertThat(browser.all(".member")).hasSize(2);
				assertThat(attribute("#flow", "data-stale")).isNotEqualTo("true");
			});
		}
		browser.assertNoErrors();
		browser.driver().getWindowHandles().stream().filter((page) -> !page.equals(first)).forEach((page) -> {
			browser.driver().switchTo().window(page);
			browser.driver().close();
		});
		browser.driver().switchTo().window(first);
	}

	@Test
	void loadsLessThanNinetyKilobytesInAll() {
		// what comes from the browser's memory is not counted
		browser.forgetPages();
		open();
		Object bytes = browser.driver().executeScript("""
				return performance.getEntries().filter(({ name }) => !name.endsWith('/api/board'))
					.reduce((sum, { encodedBodySize }) => sum + (encodedBodySize ?? 0), 0);
				""");
		assertThat(((Number) bytes).longValue()).isBetween(10_000L, 90_000L);
	}

	/**
	 * Two plain consumers under the classic protocol, found in the list of groups. Their
	 * topic grows: they learn of it when their metadata is five minutes old, and until
	 * then the page says so. Not even a rebalance tells them.
	 */
	@Test
	void watchesAGroupOfOthersThatTheListHas() throws Exception {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVER)); Readers readers = new Readers()) {
			admin.createTopics(List.of(new NewTopic("parcels", 1, (short) 1))).all().get();
			KafkaConsumer<String, String> one = readers.add("one");
			readers.add("two");
			browser.find("#to-groups").click();
			await("the lab's group and the other one",
					() -> assertThat(browser.texts("#groups tbody a")).contains("parcels", LabOptions.GROUP));
			browser.find("#choose input[type=search]").sendKeys("parc");
			await("the filter hides the others, and all is told of this one",
					() -> assertThat(browser.texts("#groups tbody tr")).singleElement()
						.asString()
						.matches("(?s)parcels\\s+2\\s.*Stable Classic\\s+parcels"));
			browser.assertAccessible();
			browser.find("#groups tbody a").click();
			await("both members, one of them idle",
					() -> assertThat(browser.all(".member")).hasSize(2)
						.filteredOn((member) -> "true".equals(member.getDomAttribute("data-idle")))
						.hasSize(1));
			assertThat(browser.find("[data-chip=protocol]").getText()).contains("Classic");
			assertThat(browser.all("[data-action=kill], [data-action=send], [data-action=grow]")).as("buttons that act")
				.isEmpty();
			cluster.topics().createPartitions("parcels", 2);
			await("the new partition is there, and nobody's",
					() -> assertThat(attribute(".lane[data-partition=parcels-1]", "data-owner")).isEmpty());
			await("how long it may take is told", () -> assertThat(verdict()).contains("parcels-1 has no owner yet",
					"if its metadata.max.age.ms is Kafka's default"));
			one.wakeup();
			await("the other one takes over what it knows of",
					() -> assertThat(ownersByPage()).isEqualTo(Map.of("parcels-0", "two", "parcels-1", "")));
			await("the rebalance is told, and that it was inferred", () -> {
				browser.all(".rebalance").get(browser.all(".rebalance").size() - 1).click();
				assertThat(browser.find("#rebalance").getText()).contains("one is no longer a member", "inferred");
			});
			browser.assertNoErrors();
		}
	}

	private static Map<String, String> ownersByAdmin() {
		return cluster.snapshot(LabOptions.GROUP, LabOptions.TOPIC)
			.partitions()
			.stream()
			.collect(Collectors.toMap(GroupSnapshot.Partition::name, (partition) -> String.valueOf(partition.owner())));
	}

	private static Map<String, String> ownersByPage() {
		return browser.all(".lane")
			.stream()
			.collect(Collectors.toMap((lane) -> lane.getDomAttribute("data-partition"),
					(lane) -> lane.getDomAttribute("data-owner")));
	}

	/**
	 * Picks the last rebalance. How many came before depends on the start: products that
	 * join more than two seconds apart cause two.
	 */
	private static String lastRebalance() {
		List<WebElement> rebalances = browser.all(".rebalance");
		rebalances.get(rebalances.size() - 1).sendKeys(Keys.ENTER);
		return browser.find("#rebalance").getText();
	}

	/**
	 * A column of a table, where it says something.
	 */
	private static Map<String, String> rows(String table, int column) {
		return browser.all(table + " [data-row]")
			.stream()
			.map((row) -> List.of(row.getDomAttribute("data-row"),
					row.findElements(By.cssSelector("th, td")).get(column).getDomProperty("textContent")))
			.filter((cell) -> !cell.get(1).equals("–"))
			.collect(Collectors.toMap((cell) -> cell.get(0), (cell) -> cell.get(1)));
	}

	/**
	 * Its dead letters, the newest first.
	 */
	private static List<String> letters() {
		return browser.texts(".letter");
	}

	private static String verdict() {
		return browser.find("#verdict").getText();
	}

	/**
	 * Consumers of others, each in a thread of its own, until they are woken up.
	 */
	private static final class Readers implements AutoCloseable {

		private final ExecutorService threads = Executors.newCachedThreadPool();

		private final List<KafkaConsumer<String, String>> consumers = new CopyOnWriteArrayList<>();

		KafkaConsumer<String, String> add(String clientId) {
			KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
					Map.of("bootstrap.servers", SERVER, "group.id", "parcels", "client.id", clientId),
					new StringDeserializer(), new StringDeserializer());
			this.consumers.add(consumer);
			this.threads.execute(() -> {
				try (consumer) {
					consumer.subscribe(List.of("parcels"));
					while (true) {
						consumer.poll(Duration.ofSeconds(1));
					}
				}
				catch (WakeupException ex) {
					// closed: it leaves its group
				}
			});
			return consumer;
		}

		@Override
		public void close() throws InterruptedException {
			this.consumers.forEach(KafkaConsumer::wakeup);
			this.threads.shutdown();
			assertThat(this.threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}

	}

}
