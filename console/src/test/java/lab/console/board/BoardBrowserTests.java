package lab.console.board;

import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

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

	@Test
	void showsAPartitionThatNobodyOwnsYet() {
		replay("walk", "en");
		seekTo(".lane[data-partition=topic_example-1][data-owner='']");
		assertThat(browser.find(".lane[data-partition=topic_example-1]").getText()).contains("nobody",
				"never committed");
		assertThat(verdict()).startsWith("topic_example-1 has no owner yet");
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
			.contains("product1 ended without leaving", "observed"));
		assertThat(browser.texts("#rebalance [data-row]")).containsExactly("topic_example-0 product2 product2 kept –",
				"topic_example-1 product1 product2 moved 5310 ms");
		assertThat(browser.texts("#rebalance p")).anyMatch((text) -> text.contains("epoch 3 before, 4 after"));
		browser.assertNoErrors();
	}

	@Test
	void pairsEachEventWithTheCommandThatShowsIt() {
		replay("walk", "en");
		seek(1_000_000);
		assertThat(browser.texts("#feed li[data-key='event.died-here']")).singleElement()
			.asString()
			.contains("product1 was killed here",
					"kafka-consumer-groups --bootstrap-server localhost:9092 --describe --group product");
		browser.assertNoErrors();
	}

	/**
	 * No topic is expected of a group of others.
	 */
	@Test
	void saysNothingOfATopicThatWasNotNamed() {
		replay("unknown", "en");
		assertThat(browser.texts("#todo li")).singleElement().asString().startsWith("Group nope does not exist");
		assertThat(browser.texts("#timeline p")).singleElement().asString().matches("No rebalance since [\\d:]+:20\\.");
		replay("outage", "en");
		seek(8000);
		assertThat(browser.find("#problem").getText())
			.matches("No answer from the cluster since [\\d:]+\\. The page updates again when it answers\\.");
		browser.assertNoErrors();
	}

	@Test
	void tellsWhatHappenedInTheOrderOfItsTimes() {
		replay("outage", "en");
		assertThat(browser.all("#feed li")).extracting((entry) -> entry.getDomAttribute("data-id"))
			.containsExactly("2", "4", "1", "3");
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
		assertThat(texts).asString().contains("product1", "product2", "Stable");
		browser.forgetErrors();
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
	 * Three members stood still for 86 s at least, and that nobody published.
	 */
	@Test
	void tellsHowLongAllMembersStoodStill() {
		replay("outage", "en");
		browser.all(".rebalance").get(0).sendKeys(Keys.ENTER);
		await().untilAsserted(() -> assertThat(browser.texts("#rebalance [data-row]")).containsExactly(
				"payments-0 worker-1 worker-1 kept at least 86 s", "payments-1 worker-2 worker-3 moved at least 86 s",
				"payments-2 worker-3 worker-9 moved at least 86 s"));
		browser.assertNoErrors();
	}

	/**
	 * Its changes are 248 ms apart.
	 */
	@Test
	void namesARebalanceByTheLongestStandstillInItsTable() {
		replay("outage", "en");
		assertThat(browser.all(".rebalance")).extracting((band) -> band.getDomAttribute("aria-label"))
			.satisfiesExactly((first) -> assertThat(first).endsWith(", all stood still for at least 86 s"),
					(second) -> assertThat(second).endsWith(", stood still for up to 5568 ms"));
		browser.all(".rebalance").get(1).sendKeys(Keys.ENTER);
		await().untilAsserted(() -> assertThat(browser.find("#rebalance-title").getText())
			.endsWith(", stood still for up to 5568 ms"));
		assertThat(browser.texts("#rebalance [data-row]")).contains("payments-1 worker-3 worker-9 moved 5568 ms");
		replay("walk", "en");
		seek(1_000_000);
		assertThat(browser.all(".rebalance").get(0).getDomAttribute("aria-label")).matches("Rebalance at [\\d:]+");
		browser.assertNoErrors();
	}

	@Test
	void drawsNothingAsKnownWhileTheClusterDoesNotAnswer() {
		replay("outage", "en");
		assertThat(descriptions(".outage")).singleElement().asString().contains("no data");
		assertThat(descriptions(".segment")).filteredOn((told) -> told.contains(" · 0 · "))
			.as("worker-1, before and after the outage")
			.hasSize(2);
		assertThat(descriptions(".segment.group")).filteredOn((told) -> told.contains("Stable")).hasSize(3);
		assertThat(browser.all("#lag [class~=total] polyline")).hasSize(2);
		seek(8000);
		assertThat(browser.all(".outage")).hasSize(2);
		browser.assertAccessible();
		browser.assertNoErrors();
	}

	@Test
	void showsThatMembersOfAShareGroupReadOnePartitionTogether() {
		replay("share", "en");
		seek(30_000);
		assertThat(browser.find(".lane").getDomAttribute("data-owner")).isEqualTo("product1 product2");
		assertThat(verdict()).contains("no member owns one or is idle", "order is not kept across members");
		assertThat(browser.texts("#chips").get(0)).contains("Share", "record lock 30000 ms");
		assertThat(browser.find("[data-chip=protocol]").getDomAttribute("aria-description"))
			.startsWith("KIP-932: members read the same partitions together");
		assertThat(browser.find(".lane").getText()).contains("product1", "product2", "start 2", "lag 0")
			.doesNotContain("committed", "nobody");
		assertThat(browser.all(".record.done")).as("settled, also those after the start offset").hasSize(8);
		assertThat(browser.texts(".member .shared")).containsExactly("shared with product2", "shared with product1");
		assertThat(browser.find(".member[data-member=product1]").getText()).contains("reads 0").doesNotContain("owns");
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
		await().untilAsserted(() -> assertThat(browser.texts("#rebalance [data-row]"))
			.containsExactly("topic_example-0 product1, product2 product2 kept –"));
		browser.assertNoErrors();
	}

	@Test
	void saysInKoreanThatMembersOfAShareGroupReadOnePartitionTogether() {
		replay("share", "ko");
		seek(30_000);
		assertThat(verdict()).contains("담당 멤버도 유휴 멤버도 없고", "순서는 지켜지지 않습니다");
		assertThat(browser.texts(".member .shared")).containsExactly("함께 읽는 멤버: product2", "함께 읽는 멤버: product1");
		browser.assertNoErrors();
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
			none    | ko | 클러스터에 없는 그룹: nobody-yet
			refused | ko | 클러스터가 조회를 허용하지 않습니다
			""")
	void saysWhatIsTheMatterWhereThereIsNothingToSee(String recording, String lang, String verdict) {
		replay(recording, lang);
		assertThat(verdict()).startsWith(verdict);
		assertThat(browser.find("html").getDomAttribute("lang")).isEqualTo(lang);
		browser.assertNoErrors();
	}

	@ParameterizedTest
	@ValueSource(strings = { "walk", "classic", "share", "crowd", "empty", "none", "refused" })
	void fitsAPhoneAndIsAccessibleInLightAndDark(String recording) {
		browser.emulate(360, 800, "light");
		replay(recording, "en");
		seek(1_000_000);
		browser.assertFitsTheWindow();
		browser.assertAccessible();
		browser.emulate(1280, 900, "dark");
		browser.assertAccessible();
		browser.emulate(1280, 900, "light");
		browser.assertNoErrors();
	}

	@Test
	void saysThatAFileIsNoRecording() {
		browser.driver().get(url + "/?lang=en&replay=vendor/SHA256SUMS");
		await().untilAsserted(() -> assertThat(browser.find("#problem").getText())
			.startsWith("This file was not exported by the board"));
		browser.assertNoErrors();
	}

	private static void replay(String recording, String lang) {
		browser.driver().get("%s/?lang=%s&replay=recordings/%s.json".formatted(url, lang, recording));
		await().untilAsserted(() -> assertThat(browser.all("#replay [data-action=play]")).isNotEmpty());
		if (browser.find("#replay [data-action=play]").getText().equals(lang.equals("ko") ? "일시 정지" : "Pause")) {
			browser.find("#replay [data-action=play]").click();
		}
		seek(0);
	}

	/**
	 * Puts the replay to that many milliseconds, or to its end.
	 */
	private static void seek(long position) {
		browser.driver().executeScript("""
				const range = document.querySelector('#replay input[type=range]');
				range.value = arguments[0];
				range.dispatchEvent(new Event('input', { bubbles: true }));
				return new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 300));
				""", position);
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

	private static String verdict() {
		return browser.find("#verdict").getText();
	}

}
