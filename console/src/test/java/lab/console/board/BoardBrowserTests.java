package lab.console.board;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every view of the board, from recordings that it has exported: of the lab's own group
 * (KIP-848), of kcat consumers (classic), of a share group (KIP-932), of 50 members on
 * 200 partitions, of a group that is empty, one that is not there, and a cluster that
 * refuses.
 */
class BoardBrowserTests extends PagesWithoutBroker {

	@Test
	void saysWhoIsIdleAndWhy() {
		replay("walk", "en");
		assertThat(verdict()).startsWith("product1 is idle (members: 2, partitions: 1)");
		assertThat(browser.find(".member[data-member=product1]").getDomAttribute("data-idle")).isEqualTo("true");
		assertThat(browser.find(".member[data-member=product1]").getText()).contains("idle",
				"members: 2, partitions: 1");
		assertThat(browser.find(".lane").getDomAttribute("data-owner")).isEqualTo("product2");
		assertThat(browser.texts("#chips")).singleElement()
			.asString()
			.contains("Stable", "Consumer", "uniform", "500 ms", "5000 ms");
		browser.assertNoErrors();
	}

	/**
	 * As where the network changes while a page is loaded.
	 */
	@ParameterizedTest
	@CsvSource({ "'', lists.js", "lessons.html, drawings.js" })
	void aPageWithoutOneOfItsScriptsSaysSo(String page, String script) {
		browser.forgetPages();
		browser.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/" + script)));
		browser.driver().get(url + "/" + page);
		await().untilAsserted(() -> assertThat(browser.find(".unloaded").getText()).contains("Reload it", "새로 고치세요"));
		browser.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
		browser.forgetErrors();
		browser.driver().navigate().refresh();
		await().untilAsserted(() -> assertThat(browser.all("h1")).isNotEmpty());
		assertThat(browser.all(".unloaded")).isEmpty();
		browser.assertNoErrors();
	}

	@Test
	void showsAPartitionThatNobodyOwnsYet() {
		replay("classic", "en");
		seekTo(".lane[data-partition=parcels2-1][data-owner='']");
		assertThat(browser.find(".lane[data-partition=parcels2-1]").getText()).contains("nobody", "never committed");
		assertThat(verdict()).startsWith("No owner yet: parcels2-1, parcels2-2");
		assertThat(browser.find("#last .cost").getText()).isEqualTo("parcels2-2 was added.");
		assertThat(browser.find(".lane[data-partition=parcels2-1]").getCssValue("outline-style")).isEqualTo("solid");
		browser.assertNoErrors();
	}

	@Test
	void countsDownUntilAKilledMembersPartitionsComeBack() {
		replay("walk", "en");
		seekTo(".member[data-member=product1][data-silent=true]");
		assertThat(verdict())
			.matches("product1 died\\. Its partitions move when its session expires, in [\\d.]+ s at most\\.");
		browser.assertNoErrors();
	}

	@Test
	void tellsWhatARebalanceDid() {
		replay("walk", "en");
		seek(1_000_000);
		assertThat(browser.all(".rebalance")).hasSize(4);
		// by keyboard, as by mouse
		browser.all(".rebalance").get(2).sendKeys(Keys.ENTER);
		await().untilAsserted(() -> assertThat(browser.texts("#rebalance .cause")).singleElement()
			.asString()
			.contains("product1 died; its session expired", "observed"));
		assertThat(rows()).containsExactly("topic_example-0 product2 product2 kept –",
				"topic_example-1 product1 product2 moved 5215 ms");
		assertThat(browser.find("#rebalance summary").getText()).contains("epoch 3 before, 4 after");
		browser.assertNoErrors();
	}

	/**
	 * The newest rebalance is open by itself, and stands beside the verdict.
	 */
	@Test
	void marksInItsLaneWhenAMemberDiedAndNamesPartitionsByTheirNumbers() {
		replay("walk", "en");
		assertThat(browser.all(".timeline .death")).isEmpty();
		seek(13_000);
		assertThat(browser.find(".timeline .death").getDomAttribute("aria-description"))
			.endsWith("product1 died. It stays a member until its session expires.");
		assertThat(browser.texts("#feed li > span")).contains("P1 was added here.",
				"product1 was given P1; it owns P1.");
		assertThat(browser.find("#feed").getText()).doesNotContain("topic_example-");
		browser.assertNoErrors();
	}

	@Test
	void tellsBesideTheVerdictWhatHappenedLastAndWhatItCost() {
		replay("walk", "en");
		seek(8_000);
		assertThat(browser.find("#last .cost").getText())
			.matches("P1 \\(new\\) → product1 · no owner for up to \\d\\.\\d s");
		seek(16_000);
		assertThat(browser.find("#last").getText()).contains("product1 died; its session expired",
				"P1: product1 → product2 · stood still for up to 5.2 s");
		assertThat(browser.find("#rebalance-title").getText()).endsWith("stood still for up to 5.2 s");
		seek(1_000_000);
		assertThat(browser.find("#last").getText()).contains("product1 joined",
				"P1: product2 → product1 · stood still for up to 0.6 s");
		assertThat(browser.find("#rebalance-title").getText()).endsWith("stood still for up to 0.6 s");
		replay("none", "en");
		assertThat(browser.find("#last").getText()).matches("Watched since [\\d:]+: no rebalance so far\\.");
		browser.assertNoErrors();
	}

	@Test
	void theLogTellsWhoHandledWhat() {
		replay("walk", "en");
		seek(1_000_000);
		assertThat(browser.texts(".lane[data-partition=topic_example-0] .record.done")).contains("4B");
		assertThat(browser.texts(".lane[data-partition=topic_example-1] .record.done")).contains("1A");
		assertThat(browser.find(".member[data-member=product1] .badge").getText()).isEqualTo("A");
		assertThat(browser.texts(".member .part")).containsExactly("P1", "P0");
		browser.assertNoErrors();
	}

	@Test
	void theTabTellsTheState() {
		replay("walk", "en");
		assertThat(browser.driver().getTitle()).isEqualTo("i product Stable");
		String icon = browser.find("link[rel=icon]").getDomAttribute("href");
		seek(1_000_000);
		assertThat(browser.driver().getTitle()).isEqualTo("✓ product Stable");
		assertThat(browser.find("link[rel=icon]").getDomAttribute("href")).isNotEqualTo(icon);
		browser.assertNoErrors();
	}

	/**
	 * The verdict, the last event with its cause, the lanes and the timeline are in sight
	 * without scrolling, in letters twice as large.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 0, 13_000, 16_000, 1_000_000 })
	void theProjectorShowsWhatMattersTwiceAsLarge(long position) {
		browser.emulate(1280, 720, "light");
		replay("walk", "en");
		seek(position);
		double text = height(".timeline text:not(.minute)");
		browser.find("body").sendKeys("p");
		await().untilAsserted(() -> assertThat(browser.find("#events").isDisplayed()).isFalse());
		assertThat(height(".timeline text:not(.minute)")).isCloseTo(2 * text, Offset.offset(1.0));
		assertThat(browser.texts("#last p")).filteredOn((line) -> !line.isEmpty())
			.as("what happened, when and why")
			.isNotEmpty();
		assertThat(browser.driver().executeScript("""
				return ['#verdict', '#last', '.lane', '.member', '.ghost', '.timeline']
					.flatMap((selector) => [...document.querySelectorAll(selector)])
					.filter((element) => element.getBoundingClientRect().bottom > innerHeight
						|| element.scrollWidth > element.clientWidth + 1)
					.map((element) => element.id || element.className.baseVal || element.className);
				""")).asInstanceOf(InstanceOfAssertFactories.LIST).as("cut").isEmpty();
		browser.assertFitsTheWindow();
		browser.screenshot("projector-%d.png".formatted(position));
		browser.find("body").sendKeys("p");
		await().untilAsserted(() -> assertThat(browser.find("#events").isDisplayed()).isTrue());
		browser.emulate(1280, 900, "light");
		browser.assertNoErrors();
	}

	private static double height(String selector) {
		return ((Number) browser.driver()
			.executeScript("return document.querySelector(arguments[0]).getBoundingClientRect().height", selector))
			.doubleValue();
	}

	@Test
	void pairsEachEventWithTheCommandThatShowsIt() {
		replay("walk", "en");
		seek(1_000_000);
		assertThat(browser.find("#feed").getText()).doesNotContain("kafka-consumer-groups");
		browser.find("#feed li[data-key='event.died-here-owning'] [data-action=command]").click();
		await().untilAsserted(
				() -> assertThat(browser.texts("#feed li[data-key='event.died-here-owning']")).singleElement()
					.asString()
					.contains("product1 was killed here. Nobody reads P1 until its session expires.",
							"kafka-consumer-groups --bootstrap-server localhost:9092 --describe --group product"));
		List<String> kinds = browser.all("#feed li")
			.stream()
			.filter((entry) -> !entry.findElements(By.cssSelector("[data-action=command]")).isEmpty())
			.map((entry) -> entry.getDomAttribute("data-key"))
			.toList();
		assertThat(kinds).as("one command for each kind").doesNotHaveDuplicates().hasSizeGreaterThan(3);
		browser.assertNoErrors();
	}

	/**
	 * No topic is expected of a group of others.
	 */
	@Test
	void saysNothingOfATopicThatWasNotNamed() {
		replay("none", "en");
		assertThat(verdict()).startsWith("Group nobody-yet does not exist");
		assertThat(browser.all("#todo")).as("the verdict says what to do").isEmpty();
		assertThat(browser.texts("#timeline p")).as("that is said once").isEmpty();
		replay("broker-outage", "en");
		seek(20_000);
		assertThat(verdict()).startsWith("No broker answers at ");
		assertThat(browser.find("#last .cost").getText()).matches("No answer from the cluster since [\\d:]+\\.");
		assertThat(browser.find("#problem").isDisplayed()).as("that is said beside the verdict").isFalse();
		seek(10_000);
		assertThat(browser.find("#last").getText()).contains("kafka is not running: ./lab start kafka");
		browser.assertNoErrors();
	}

	@Test
	void tellsWhatHappenedInTheOrderOfItsTimes() {
		replay("walk", "en");
		seek(1_000_000);
		assertThat(browser.all("#feed li")).extracting((entry) -> entry.getDomAttribute("data-id"))
			.as("what a member published was read after what a snapshot showed")
			.containsExactly("11", "8", "9", "10", "7", "6", "5", "4", "3", "2", "1");
		browser.assertNoErrors();
	}

	@Test
	void drawsTheTimelineIntoAFile() {
		replay("walk", "en");
		seek(1_000_000);
		browser.find("[data-action=export-svg]").click();
		String href = browser.find("[data-action=export-svg]").getDomAttribute("href");
		assertThat(href).startsWith("data:image/svg+xml,");
		Object texts = browser.driver()
			.executeScript("return [...new DOMParser().parseFromString(decodeURIComponent(arguments[0]"
					+ ".slice('data:image/svg+xml,'.length)), 'image/svg+xml').querySelectorAll('text')]"
					+ ".map((text) => text.textContent).join(' ')", href);
		assertThat(texts).asString().contains("product1", "product2", "Stable").containsPattern("\\d\\d:\\d\\d:\\d\\d");
		assertThat(href).contains("Consumer%20group%20product%2C%20");
		browser.forgetErrors();
	}

	/**
	 * The file opens without the board, and its replay uncovers the drawing.
	 */
	@Test
	void savesARebalanceAsAPageThatOpensAnywhere(@TempDir Path folder) throws IOException {
		replay("walk", "en");
		seek(16_000);
		browser.find("[data-action=export-html]").click();
		String href = browser.find("[data-action=export-html]").getDomAttribute("href");
		Path file = Files.writeString(folder.resolve("rebalance.html"),
				URLDecoder.decode(href.substring(href.indexOf(',') + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
		browser.forgetErrors();
		browser.driver().get(file.toUri().toString());
		assertThat(browser.find("h1").getText()).startsWith("product: Rebalance at ")
			.endsWith(", stood still for up to 5.2 s");
		assertThat(browser.texts("p")).anyMatch((text) -> text.startsWith("product1 died; its session expired"));
		assertThat(browser.texts("tbody tr")).contains("topic_example-1 product1 product2 moved 5215 ms");
		assertThat(browser.all("svg text")).extracting(WebElement::getText).contains("product1", "product2");
		browser.find("button").click();
		await().untilAsserted(() -> assertThat(browser.find(".cover").getCssValue("width")).isNotEqualTo("0px"));
		await("the replay has uncovered all").atMost(Duration.ofMinutes(2))
			.untilAsserted(() -> assertThat(browser.find("input").getDomProperty("value")).isEqualTo("1000"));
		browser.assertNoErrors();
	}

	@Test
	void findsPartitionsAndMembersInACrowd() {
		replay("crowd", "en");
		String member = browser.find(".member.row").getDomAttribute("data-member");
		browser.find(".member.row button").click();
		await().untilAsserted(() -> assertThat(browser.all(".square:not(.faint)")).hasSize(4)
			.allSatisfy((square) -> assertThat(square.getDomAttribute("data-owner")).isEqualTo(member)));
		browser.find(".member.row button").click();
		await().untilAsserted(() -> assertThat(browser.all(".square.faint")).isEmpty());
		browser.find("#filter").sendKeys(member);
		await().untilAsserted(() -> assertThat(browser.all(".square")).hasSize(4));
		assertThat(browser.all(".member.row")).singleElement()
			.satisfies((row) -> assertThat(row.getDomAttribute("data-member")).isEqualTo(member));
		browser.find("#lagging").click();
		await().untilAsserted(() -> assertThat(browser.all(".square")).isEmpty());
		browser.assertNoErrors();
	}

	/**
	 * There are fewer colors than members.
	 */
	@Test
	void membersWhosePartitionsFollowEachOtherHaveDifferentColors() {
		replay("crowd", "en");
		List<WebElement> squares = browser.all(".square");
		assertThat(squares).hasSize(200);
		for (int i = 1; i < squares.size(); i++) {
			WebElement before = squares.get(i - 1);
			WebElement after = squares.get(i);
			assertThat(after.getCssValue("border-color").equals(before.getCssValue("border-color"))).as("square %d", i)
				.isEqualTo(after.getDomAttribute("data-owner").equals(before.getDomAttribute("data-owner")));
		}
		browser.assertNoErrors();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''      | false | group   | a2 a10 b
			''      | false | lag     | b a10 a2
			''      | false | members | a10 b a2
			''      | true  | group   | a10 b
			ORDERS  | false | group   | a2 a10
			b       | false | group   | b
			parcels | true  | lag     | b
			none    | false | group   | ''
			""")
	void choosesFromTheListOfGroups(String filter, boolean lagging, String order, String groups) {
		browser.driver().get(url + "/?lang=en&replay=");
		assertThat(browser.driver().executeScript("""
				const groups = [
					{ group: 'b', topics: ['parcels'], members: 2, lag: 7, unknownLags: 0 },
					{ group: 'a10', topics: ['orders', 'returns'], members: 3, unknownLags: 1 },
					{ group: 'a2', topics: ['orders'], unknownLags: 0 }];
				const [filter, lagging, order] = arguments;
				return import('./groups.js').then(({ chosen }) =>
					chosen(groups, { filter, lagging, order }).map(({ group }) => group).join(' '));
				""", filter, lagging, order)).isEqualTo(groups);
	}

	@Test
	void sortsACrowdAndKeepsThatInTheAddress() {
		replay("crowd", "en");
		assertThat(partitions()).startsWith("trips-0", "trips-1", "trips-2");
		browser.find("[data-sort=owner]").click();
		await().untilAsserted(() -> assertThat(partitions().subList(0, 4)).allSatisfy((partition) -> assertThat(
				browser.find("[data-partition='%s']".formatted(partition)).getDomAttribute("data-owner"))
			.isEqualTo(owner(0))));
		assertThat(browser.find("[data-sort=owner]").getDomAttribute("aria-pressed")).isEqualTo("true");
		assertThat(browser.driver().getCurrentUrl()).contains("sort=owner", "replay=");
		browser.find("#filter").sendKeys(owner(0));
		List<String> found = partitions();
		assertThat(found).hasSize(4);
		browser.driver().navigate().refresh();
		await().untilAsserted(() -> assertThat(partitions()).isEqualTo(found));
		browser.find("#language").click();
		await().untilAsserted(() -> assertThat(browser.find("html").getDomAttribute("lang")).isEqualTo("ko"));
		await().untilAsserted(() -> assertThat(partitions()).isEqualTo(found));
		browser.assertNoErrors();
	}

	/**
	 * One stop of the Tab key, however many squares there are.
	 */
	@Test
	void walksACrowdWithTheArrowKeys() {
		replay("crowd", "en");
		assertThat(browser.all(".square button[tabindex='0']")).hasSize(1);
		browser.find(".square button[tabindex='0']").sendKeys(Keys.ARROW_RIGHT);
		assertThat(focused()).isEqualTo("trips-1");
		browser.driver().switchTo().activeElement().sendKeys(Keys.ARROW_DOWN);
		browser.driver().switchTo().activeElement().sendKeys(Keys.ARROW_UP);
		assertThat(focused()).isEqualTo("trips-1");
		assertThat(browser.find("#tip").getText()).startsWith("trips-1: owner ");
		browser.driver().switchTo().activeElement().sendKeys(Keys.END);
		assertThat(focused()).isEqualTo("trips-199");
		browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
		String owner = browser.find("[data-partition=trips-199]").getDomAttribute("data-owner");
		await().untilAsserted(() -> assertThat(browser.all(".square:not(.faint)")).hasSize(4)
			.allSatisfy((square) -> assertThat(square.getDomAttribute("data-owner")).isEqualTo(owner)));
		assertThat(browser.all(".square button[tabindex='0']")).hasSize(1);
		browser.assertNoErrors();
	}

	private static List<String> partitions() {
		return browser.all(".square").stream().map((square) -> square.getDomAttribute("data-partition")).toList();
	}

	private static String owner(int place) {
		return browser.all(".square").get(place).getDomAttribute("data-owner");
	}

	private static String focused() {
		return (String) browser.driver().executeScript("return document.activeElement.closest('li').dataset.partition");
	}

	/**
	 * The verdict, the grid, the lag and the events name a partition in one form.
	 */
	@ParameterizedTest
	@CsvSource({ "riders, trips", "foreign, payments", "evicted, payments", "share, topic_example" })
	void namesAPartitionOfAnotherGroupAsKafkaDoes(String recording, String topic) {
		replay(recording, "en");
		seek(1_000_000);
		assertThat(browser.find("body").getText()).contains(topic + "-").doesNotContain(topic + " P");
		browser.assertNoErrors();
	}

	/**
	 * A grid names each partition by its number, also where nothing is known of its lag.
	 */
	@Test
	void numbersTheSquaresOfACrowd() {
		replay("crowd", "en");
		assertThat(browser.texts(".square .number")).hasSize(200).startsWith("0", "1", "2").endsWith("199");
		browser.assertNoErrors();
	}

	@Test
	void saysNothingTwiceAndNo0OfWhatIsNotKnown() {
		replay("refused", "en");
		assertThat(verdict()).contains("Unexpected handshake request");
		assertThat(browser.find("#last").getText()).matches("(?s)The cluster has refused requests since [\\d:]+\\..*");
		assertThat(browser.find("#problem").isDisplayed()).isFalse();
		assertThat(browser.find(".orders").getText()).contains("not known").doesNotContain("0");
		assertThat(browser.find("#lag-time").getText()).isEqualTo("The lag is not known.");
		browser.assertNoErrors();
	}

	@Test
	void theTimelineHasOneUnitAndOneBarForWhatStaysTheSame() {
		for (String recording : new String[] { "walk", "stood", "twice", "lag" }) {
			replay(recording, "en");
			seek(1_000_000);
			assertThat(browser.texts("text.minute").stream().map((mark) -> mark.replaceAll(".* ", "")).distinct())
				.as(recording)
				.hasSizeLessThanOrEqualTo(1);
		}
		replay("restart", "en");
		seek(1_000_000);
		// what it owned is the second of the facts
		assertThat(browser.driver()
			.executeScript(
					"""
							return [...document.querySelectorAll('.timeline > g')].map((row) => [...row.querySelectorAll('.segment')]
								.map((bar) => bar.getAttribute('aria-description').split(' · ')[1]))
								.filter((bars) => bars.some((bar, i) => i && bar === bars[i - 1]));
							"""))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.as("neighbors that are equal")
			.isEmpty();
		browser.assertNoErrors();
	}

	/**
	 * Twelve partitions have lines of their own.
	 */
	@Test
	void noTwoLinesOfTheLagLookTheSame() {
		replay("evicted", "en");
		seek(1_000_000);
		assertThat(browser.all("#lag .swatch g")).extracting((line) -> line.getDomAttribute("class"))
			.hasSizeGreaterThan(7)
			.doesNotHaveDuplicates();
		browser.assertNoErrors();
	}

	@Test
	void saysTheCauseOfARebalanceOnceThatHasChangedNothingYet() {
		replay("evicted", "en");
		seek(19_000);
		assertThat(browser.find("#last .cost").getText()).isEqualTo("worker-2 is no longer a member · in progress");
		assertThat(browser.find("#last").getText()).containsOnlyOnce("worker-2")
			.containsPattern("Rebalance since [\\d:]+$");
		browser.assertNoErrors();
	}

	/**
	 * Sorted by lag, a grid stays as it is, and a member stands where its partition with
	 * the most lag does.
	 */
	@Test
	void sortsSixtyMembersOnTwoHundredPartitionsByTheirLag() {
		replay("riders", "en");
		seek(1_000_000);
		assertThat(browser.all(".square")).hasSize(200);
		assertThat(browser.all(".member.row")).hasSize(60);
		browser.find("[data-sort=lag]").click();
		await().untilAsserted(() -> assertThat(
				browser.all(".square").stream().limit(20).map((square) -> square.getDomAttribute("data-lag")))
			.extracting(Integer::valueOf)
			.isSortedAccordingTo(Comparator.reverseOrder()));
		assertThat(browser.find(".member.row").getDomAttribute("data-member")).isEqualTo(owner(0));
		browser.assertNoErrors();
	}

	/**
	 * product2 was killed with records that it had handled and not committed.
	 */
	@Test
	void countsWhatWasHandledTwiceForTheRebalanceAndInAll() {
		replay("twice", "en");
		assertThat(browser.all(".orders .again")).isEmpty();
		seek(30_000);
		assertThat(browser.find("#last").getText()).contains("P1: product2 → product1", "handled twice: 12",
				"product2 died; its session expired");
		assertThat(browser.find(".orders .again").getText()).isEqualTo("handled twice: 12");
		assertThat(browser.find(".orders .again").getDomAttribute("aria-description"))
			.matches("last in the rebalance of [\\d:]+");
		assertThat(browser.find("#rebalance .again").getText()).startsWith("Handled twice: 12. P1@");
		browser.assertNoErrors();
	}

	/**
	 * One of three kcat members was killed with -9; under the classic protocol the others
	 * stand still while they join again.
	 */
	@Test
	void showsTheEvictionOfAClassicMember() {
		replay("evicted", "en");
		seek(19_000);
		assertThat(browser.find("[data-ghost=worker-2]").getText()).contains("No longer a member since ");
		assertThat(browser.all(".lane[data-owner='']")).hasSize(4);
		assertThat(browser.texts("#chips")).singleElement().asString().contains("PreparingRebalance");
		seek(1_000_000);
		assertThat(browser.all(".lane[data-owner='']")).isEmpty();
		assertThat(descriptions(".segment.group")).anyMatch((told) -> told.contains("PreparingRebalance"));
		browser.assertNoErrors();
	}

	/**
	 * Two of three brokers go on, one of them as the leader in place of the killed one.
	 * Until then only its own partitions have an end that is not known.
	 */
	@Test
	void showsTheNewLeaderOfThreeBrokers() {
		replay("brokers", "en");
		seek(10_000);
		String killed = leader("topic_example-1");
		assertThat(browser.all(".lane[data-unread=true]")).isEmpty();
		seek(18_000);
		assertThat(verdict()).startsWith("Broker 1, the leader of P1, does not answer");
		assertThat(browser.find("#last .cost").getText()).isEqualTo("P1: broker 1, the leader, does not answer.");
		assertThat(browser.all(".lane[data-unread=true]")).extracting((lane) -> lane.getDomAttribute("data-partition"))
			.containsExactly("topic_example-1");
		assertThat(browser.find(".lane[data-partition=topic_example-1]").getText()).contains("probably not read",
				"leader 1 does not answer");
		assertThat(browser.all(".wires .broken")).as("from the orders, and to its owner").hasSize(2);
		assertThat(browser.find(".lane[data-partition=topic_example-2]").getText()).doesNotContain("lag –");
		seek(1_000_000);
		assertThat(leader("topic_example-1")).isNotEqualTo(killed);
		assertThat(verdict()).startsWith("Broker " + killed + " is away, and nothing is lost.");
		assertThat(browser.driver().getTitle()).as("no tick").startsWith("! product");
		assertThat(browser.find("#last .cost").getText())
			.matches("P1: broker 2 leads now instead of broker 1\\. For up to [\\d.]+ s, no leader answered\\.");
		assertThat(browser.texts(".lane .numbers")).as("also where one broker leads all")
			.hasSize(3)
			.allMatch((lane) -> lane.contains("leader 2"));
		assertThat(browser.all(".timeline .outage")).isEmpty();
		assertThat(browser.texts("#feed li"))
			.anyMatch((event) -> event.contains("Broker " + killed + " is away. Replicas missing: P0, P1, P2."));
		browser.assertNoErrors();
	}

	private static String leader(String partition) {
		return (String) browser.driver()
			.executeScript("return document.querySelector(arguments[0]).textContent",
					"#partitions [data-row='%s'] td".formatted(partition));
	}

	/**
	 * product3 ran before the console was started again, and does not run now.
	 */
	@Test
	void drawsNobodyAsAMemberWhoOnlyWasOneBeforeTheConsoleStarted() {
		replay("restart", "en");
		seek(1_000_000);
		assertThat(browser.all(".member[data-member=product3]")).isEmpty();
		assertThat(browser.find("[data-ghost=product3]").getText())
			.containsPattern("No longer a member\\. Last sign: [\\d:]+; missed at [\\d:]+\\.");
		assertThat(browser.find("#placed").getText()).as("also what was placed before").isEqualTo("10");
		assertThat(browser.find("#last").getText()).as("the stop is no rebalance")
			.containsPattern("product1 joined · product2 joined · no member owned a partition for \\d+ s");
		assertThat(browser.find("#last .cost").getText()).as("one cost, the larger")
			.matches("P0 → product2 · P1 → product1 · all stood still for at least 8 s");
		assertThat(browser.all(".rebalance")).hasSizeGreaterThan(2);
		browser.assertNoErrors();
	}

	@Test
	void hatchesTheTimeInWhichNoBrokerAnswered() {
		replay("broker-outage", "en");
		seek(20_000);
		assertThat(verdict()).startsWith("No broker answers at localhost:9092");
		assertThat(browser.driver().getTitle()).startsWith("! product");
		assertThat(browser.find("#last .cost").getText()).as("not the rebalance before")
			.startsWith("No answer from the cluster since ");
		seek(1_000_000);
		assertThat(browser.texts(".outage")).containsExactly("no data");
		browser.assertNoErrors();
	}

	@Test
	void saysBesideTheLagWhetherItGoesDown() {
		replay("lag", "en");
		seek(10_000);
		assertThat(verdict()).startsWith("Records behind: ").endsWith(" The group is not catching up.");
		seek(1_000_000);
		assertThat(browser.all(".timeline .band ~ .rebalance")).as("the bands are below the bars, the flags above")
			.hasSameSizeAs(browser.all(".timeline .band"))
			.isNotEmpty();
		assertThat(browser.all(".rebalance ~ .band")).isEmpty();
		browser.assertNoErrors();
	}

	/**
	 * P1 is a partition.
	 */
	@Test
	void givesThe27thMemberTwoLetters() {
		replay("crowd", "en");
		assertThat(browser.texts("#flow .member .badge")).contains("A", "Z", "AA", "AB")
			.allMatch((letters) -> letters.matches("[A-Z]{1,2}"))
			.doesNotHaveDuplicates();
		browser.assertNoErrors();
	}

	@Test
	void labelsWhatItHasInferred() {
		replay("classic", "en");
		assertThat(browser.find("[data-chip=protocol]").getText()).contains("Classic");
		assertThat(browser.find("[data-chip=protocol]").getDomAttribute("aria-description"))
			.contains("With an eager assignor");
		seekTo(".lane[data-partition=parcels2-2][data-owner='']");
		assertThat(verdict()).contains("if its metadata.max.age.ms is Kafka's default, 5 minutes");
		seek(1_000_000);
		browser.all(".rebalance").get(0).click();
		await().untilAsserted(() -> assertThat(browser.find("#rebalance").getText()).contains("inferred"));
		assertThat(browser.all("[data-action=kill]")).as("buttons that act").isEmpty();
		browser.assertNoErrors();
	}

	/**
	 * Three members stood still for 6 s at least, and that nobody published.
	 */
	@Test
	void tellsHowLongAllMembersStoodStill() {
		replay("stood", "en");
		seek(1_000_000);
		assertThat(browser.find("#rebalance-title").getText()).contains(", all stood still for at least 6 s");
		assertThat(rows()).containsExactly("payments-0 worker-1 worker-1 kept 6 to 12 s",
				"payments-1 worker-2 worker-3 moved at least 6 s", "payments-2 worker-3 worker-9 moved 6 to 12 s");
		browser.assertNoErrors();
	}

	/**
	 * Its changes are 231 ms apart.
	 */
	@Test
	void namesARebalanceByTheLongestStandstillInItsTable() {
		replay("twice", "en");
		seek(1_000_000);
		browser.find(".rebalance[data-id='1795874969369']").sendKeys(Keys.ENTER);
		await().untilAsserted(
				() -> assertThat(browser.find("#rebalance-title").getText()).contains(", stood still for up to 5.3 s"));
		assertThat(rows()).contains("topic_example-1 product2 product1 moved 5267 ms");
		replay("walk", "en");
		seek(1_000_000);
		assertThat(browser.all(".rebalance").get(0).getDomAttribute("aria-label")).matches("Rebalance at [\\d:]+");
		browser.assertNoErrors();
	}

	/**
	 * Three console consumers: worker-2 is paused, which nobody publishes, and removed
	 * when its session expires. Then all of them join again.
	 */
	@Test
	void tellsWhereAForeignGroupCommitsNothingAndHowLongItStoodStill() {
		replay("foreign", "en");
		seekTo(".lane[data-stalled=true]");
		assertThat(verdict())
			.matches("payments-1: nothing committed for \\d+ s while other partitions move\\. worker-2 owns it\\.");
		assertThat(browser.find(".lane[data-stalled=true]").getText()).contains("no commit for");
		assertThat(browser.find(".lane[data-stalled=true] .numbers").getDomAttribute("aria-description")).contains(
				"Records before offset 40 are deleted.", "Records are kept for 60 min (retention.ms).",
				"The oldest unread one may be deleted in");
		assertThat(browser.texts("#feed [data-key='event.stalled']")).hasSize(1);
		browser.assertAccessible();
		seek(1_000_000);
		assertThat(browser.all(".lane[data-stalled=true]")).isEmpty();
		assertThat(rows()).containsExactly("payments-0 worker-1 worker-1 kept at most 3 s",
				"payments-1 worker-2 worker-1 moved at most 21 s", "payments-2 worker-3 worker-3 kept at most 3 s");
		assertThat(descriptions(".segment")).anyMatch((told) -> told.contains(" · stands still · "));
		browser.assertNoErrors();
	}

	@Test
	void drawsNothingAsKnownWhileTheClusterDoesNotAnswer() {
		replay("broker-outage", "en");
		seek(20_000);
		assertThat(descriptions(".outage")).singleElement().asString().contains("no data");
		assertThat(browser.texts(".outage")).as("wide enough to say it").containsExactly("no data");
		int known = descriptions(".segment").size();
		seek(1_000_000);
		assertThat(descriptions(".outage")).singleElement().asString().contains("no data");
		assertThat(descriptions(".segment")).as("before and after the outage").hasSizeGreaterThan(known);
		assertThat(browser.all("#lag [class~=total] polyline")).hasSize(2);
		browser.assertAccessible();
		browser.assertNoErrors();
	}

	@Test
	void showsThatMembersOfAShareGroupReadOnePartitionTogether() {
		replay("share", "en");
		seek(30_000);
		assertThat(browser.find(".lane").getDomAttribute("data-owner")).isEqualTo("product1 product2");
		assertThat(verdict()).contains("no owners, no order across members");
		assertThat(browser.texts("#chips").get(0)).contains("Share", "record lock 30000 ms");
		assertThat(browser.find("[data-chip=protocol]").getDomAttribute("aria-description"))
			.startsWith("KIP-932: members read the same partitions together");
		assertThat(browser.find(".lane").getText()).contains("product1", "product2", "start 2", "lag 0")
			.doesNotContain("committed", "nobody");
		assertThat(browser.all(".record.done")).as("settled, also those after the start offset").hasSize(8);
		assertThat(browser.all(".committed")).as("a bar at the start would look like a lag").isEmpty();
		assertThat(browser.texts(".member .shared")).containsExactly("shared with product2", "shared with product1");
		assertThat(browser.find(".member[data-member=product1]").getText()).contains("reads topic_example-0")
			.doesNotContain("owns");
		assertThat(browser.all(".wires path:not(.in)")).as("a line from the lane to each of its readers")
			.extracting((path) -> path.getDomAttribute("data-to"))
			.containsExactly(".member[data-member=\"product1\"]", ".member[data-member=\"product2\"]");
		assertThat(browser.driver()
			.executeScript("return [...document.querySelectorAll('#partitions thead th')].map((th) => th.textContent)"))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.contains("start", "readers")
			.doesNotContain("committed", "owner");
		seek(1_000_000);
		assertThat(browser.find(".lane").getDomAttribute("data-owner")).isEqualTo("product2");
		assertThat(browser.texts(".member .shared")).containsExactly("shared; no other member reads it now");
		browser.all(".rebalance").get(browser.all(".rebalance").size() - 1).sendKeys(Keys.ENTER);
		await().untilAsserted(
				() -> assertThat(rows()).containsExactly("topic_example-0 product1, product2 product2 kept –"));
		browser.assertNoErrors();
	}

	@Test
	void saysInKoreanThatMembersOfAShareGroupReadOnePartitionTogether() {
		replay("share", "ko");
		seek(30_000);
		assertThat(verdict()).contains("담당 멤버가 없고", "순서는 보장되지 않습니다");
		assertThat(browser.texts(".member .shared")).containsExactly("함께 읽는 멤버: product2", "함께 읽는 멤버: product1");
		browser.assertNoErrors();
	}

	/**
	 * The page chooses Korean particles as the terminal does.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "product1", "product2", "product3", "product8", "kafka", "order", "topic_example", "kill",
			"parcel-topic", "platform-group", "cooperative", "TLS", "KIM", "레슨", "파티션", "브로커", "터미널", "topic (3)", "--",
			"payment-service", "topic_example-10" })
	void choosesParticlesAsTheTerminalDoes(String word) {
		browser.driver().get(url + "/?lang=ko&replay=");
		Object said = browser.driver()
			.executeScript(
					"""
							return import('./words.js').then(({ learnWords, say }) => learnWords().then(() => say('event.gone', arguments[0])
								+ say('event.seen', arguments[0], arguments[0])));
							""",
					word);
		Messages korean = Messages.in(Language.KO);
		assertThat(said).isEqualTo(korean.get("event.gone", word) + korean.get("event.seen", word, word));
	}

	@Test
	void keepsFiftyMembersOnTwoHundredPartitionsReadable() {
		replay("crowd", "en");
		assertThat(browser.all(".square")).hasSize(200);
		assertThat(browser.all(".member.row")).hasSize(50);
		assertThat((Long) browser.driver().executeScript("return document.querySelectorAll('*').length"))
			.as("elements of the page")
			.isLessThan(5000);
		browser.assertNoErrors();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			empty   | en | Group crowd has no members
			none    | en | Group nobody-yet does not exist
			refused | en | The cluster refuses access
			empty   | ko | 그룹 crowd에 멤버가 없습니다
			none    | ko | 그룹 nobody-yet
			refused | ko | 클러스터가 접속을 거부합니다
			""")
	void saysWhatIsTheMatterWhereThereIsNothingToSee(String recording, String lang, String verdict) {
		replay(recording, lang);
		assertThat(verdict()).startsWith(verdict);
		assertThat(browser.find("html").getDomAttribute("lang")).isEqualTo(lang);
		browser.assertNoErrors();
	}

	/**
	 * The group can be told to be stable then.
	 */
	@Test
	void aRebalanceIsToldSmallWhileALeaderDoesNotAnswer() {
		replay("brokers", "en");
		seek(18_000);
		assertThat(verdict()).startsWith("Broker 1, the leader of P1, does not answer");
		assertThat(browser.find("#last .cost").getText()).startsWith("P1: broker 1");
		assertThat(browser.find("#last .before").getText()).startsWith("Last rebalance, ");
		browser.assertNoErrors();
	}

	/**
	 * While a dead member's partition waits, that stands before what happened earlier.
	 */
	@Test
	void saysWhichPartitionIsNotReadWhileItWaits() {
		replay("walk", "en");
		seek(13_000);
		assertThat(browser.find("#last .waiting").getText()).matches("P1 has not been read for \\d s");
		assertThat(browser.find("#last").getText()).contains("product1 was killed here")
			.containsPattern("Last rebalance, \\d s ago:");
		assertThat(browser.find(".member[data-member=product1] .ring").isDisplayed()).isTrue();
		assertThat(browser.all(".wires .broken")).hasSize(1);
		assertThat(browser.find(".lane[data-owner=product1]").getText()).contains("not read");
		assertThat(browser.find(".member[data-member=product1]").getText()).contains("not read: P1");
		assertThat(browser.all(".segment.unread")).as("after the cross").hasSize(1);
		seek(16_000);
		assertThat(browser.all("#last .waiting")).isEmpty();
		assertThat(browser.find("[data-ghost=product1]").getText()).contains("No longer a member since ");
		browser.assertNoErrors();
	}

	@Test
	void saysThatAFileIsNoRecording() {
		browser.driver().get(url + "/?lang=en&replay=vendor/SHA256SUMS");
		await().untilAsserted(() -> assertThat(browser.find("#problem").getText())
			.startsWith("This file was not exported by the board"));
		browser.assertNoErrors();
	}

	/**
	 * Goes on until there is such an element.
	 */
	private static void seekTo(String selector) {
		long length = Long.parseLong(browser.find("#replay input[type=range]").getDomAttribute("max"));
		for (long position = 0; position <= length; position += 500) {
			seek(position);
			if (!browser.all(selector).isEmpty()) {
				return;
			}
		}
		throw new AssertionError(selector + " is nowhere in the recording");
	}

	private static List<String> descriptions(String selector) {
		return browser.all(selector).stream().map((element) -> element.getDomAttribute("aria-description")).toList();
	}

	/**
	 * The table of the rebalance that is open.
	 */
	private static List<String> rows() {
		if (browser.find("#rebalance details").getDomAttribute("open") == null) {
			browser.find("#rebalance summary").click();
		}
		return browser.texts("#rebalance [data-row]");
	}

	private static String verdict() {
		return browser.find("#verdict").getText();
	}

}
