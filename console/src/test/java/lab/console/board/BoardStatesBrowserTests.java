package lab.console.board;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The states in which the board has to be right, each from a recording of it. Pictures of
 * each in both languages are written to {@code target/screenshots}, to be looked at.
 */
class BoardStatesBrowserTests extends PagesWithoutBroker {

	/** The largest layout shift: what moved on the page, as the browser measures it. */
	private static final double MAX_SHIFT = 0.02;

	/**
	 * Name, recording, milliseconds, and how the verdict begins.
	 */
	private static final String STATES = """
			idle    | walk    | 0       | product1 is idle
			killed  | walk    | 13000   | product1 died
			moved   | walk    | 1000000 | Every partition has an owner
			classic | classic | 11000   | No owner yet: parcels2-1, parcels2-2
			evicted | evicted | 19000   | The group is rebalancing
			outage  | broker-outage | 20000 | No broker answers
			leaderless | brokers | 18000 | Broker 1, the leader of P1, does not answer
			brokers | brokers | 1000000 | Broker 1 is away, and nothing is lost
			restart | restart | 1000000 | Every partition has an owner
			twice   | twice   | 30000   | Every partition has an owner
			lag     | lag     | 10000   | Records behind
			riders  | riders  | 1000000 | Records behind
			share   | share   | 30000   | Partitions are shared
			crowd   | crowd   | 0       | Every partition has an owner
			empty   | empty   | 0       | Group crowd has no members
			none    | none    | 0       | Group nobody-yet does not exist
			refused | refused | 0       | The cluster refuses access
			""";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = STATES)
	void aPictureOfEachStateIsThereInBothLanguages(String name, String recording, long position, String verdict) {
		browser.emulate(1280, 900, "light");
		for (String lang : new String[] { "en", "ko" }) {
			replay(recording, lang);
			seek(position);
			String told = browser.find("#verdict").getText();
			assertThat(told.startsWith(verdict)).as(told).isEqualTo(lang.equals("en"));
			assertThat(browser.find(".head").getCssValue("font-size")).as("a headline is as large as any other")
				.isEqualTo("32px");
			assertThat(browser.find("body").getText()).as("keys without a sentence")
				.doesNotContainPattern("\\b(board|verdict|event|cause)\\.[a-z]+");
			browser.assertFitsTheWindow();
			browser.screenshot("state-%s-%s.png".formatted(name, lang));
		}
		browser.assertNoErrors();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = STATES)
	void eachStateFitsAndIsAccessibleFromAPhoneToAWideScreenInLightAndDark(String name, String recording, long position,
			String verdict) {
		replay(recording, "en");
		seek(position);
		assertThat(browser.find("#verdict").getText()).startsWith(verdict);
		browser.assertFitsTheWindow();
		// the schemes differ in colors alone, which are the same at each width
		browser.emulate(360, 900, "light");
		browser.assertFitsTheWindow();
		browser.assertAccessible();
		browser.emulate(1920, 900, "dark");
		browser.assertFitsTheWindow();
		browser.assertAccessible();
		browser.emulate(1280, 900, "light");
		browser.assertNoErrors();
	}

	/**
	 * Under the classic protocol, members give up what they have if the assignor is
	 * eager. So does a member that died.
	 */
	@ParameterizedTest
	@MethodSource("lab.console.board.RecordedStatesTests#recordings")
	void noLineIsSolidToAMemberThatMayNotRead(String recording) throws IOException {
		replay(recording, "en");
		// the position of a replay is in tenths of a second
		Map<Long, ObjectNode> shown = new TreeMap<>();
		long begin = 0;
		for (ObjectNode state : RecordedViews.states(recording)) {
			long now = Instant.parse(state.path("now").asString()).toEpochMilli();
			begin = shown.isEmpty() ? now : begin;
			shown.put((now - begin + 99) / 100 * 100, state);
		}
		for (Map.Entry<Long, ObjectNode> position : shown.entrySet()) {
			ObjectNode state = position.getValue();
			boolean rebalances = state.path("group").path("protocol").asString().equals("Classic")
					&& state.path("group").path("state").asString().endsWith("Rebalance");
			boolean silent = state.path("members").valueStream().anyMatch((member) -> member.has("silentSince"));
			if (rebalances || silent) {
				seek(position.getKey());
				List<String> mayRead = rebalances ? List.of()
						: state.path("members")
							.propertyStream()
							.filter((member) -> !member.getValue().has("silentSince"))
							.map(Map.Entry::getKey)
							.toList();
				assertThat(browser.all(".wires path:not(.in, .next, .broken)"))
					.extracting((wire) -> wire.getDomAttribute("data-to"))
					.allMatch((to) -> mayRead.stream().anyMatch((member) -> to.contains('"' + member + '"')));
				assertThat(browser.all(".lane:not([data-owner='']):not([data-unread=true])"))
					.extracting((lane) -> lane.getDomAttribute("data-owner"))
					.allMatch(mayRead::contains);
			}
		}
		browser.assertNoErrors();
	}

	/**
	 * Through a kill and a restart, an outage, and a burst. What comes before a lane or a
	 * card is added is left out, for which no room is kept empty, and recordings in which
	 * the records of a full lane slide, which the browser counts, too.
	 */
	@ParameterizedTest
	@CsvSource({ "walk, 9000", "lag, 0", "broker-outage, 0", "evicted, 0" })
	void nothingJumpsWhileARecordingPlays(String recording, long from) {
		browser.emulate(1280, 1000, "light");
		replay(recording, "en");
		seek(from);
		browser.driver().executeScript("""
				window.shift = 0;
				window.moved = [];
				new PerformanceObserver((list) => list.getEntries().filter((entry) => !entry.hadRecentInput)
					.forEach(({ value, sources }) => {
						window.shift += value;
						window.moved.push(value + ' ' + sources.map(({ node }) => node?.id || node?.className));
					})).observe({ type: 'layout-shift' });
				document.querySelector('[data-speed="16"]').click();
				document.querySelector('#replay [data-action=play]').click();
				""");
		await("the end of the recording").atMost(Duration.ofMinutes(2))
			.untilAsserted(() -> assertThat(browser.find("#replay [data-action=play]").getText()).isEqualTo("Play"));
		assertThat(((Number) browser.driver().executeScript("return window.shift")).doubleValue())
			.as(() -> "what moved: " + browser.driver().executeScript("return window.moved"))
			.isBetween(0.0, MAX_SHIFT);
		browser.emulate(1280, 900, "light");
		browser.assertNoErrors();
	}

	/**
	 * What is not known is not said as if it were: the page says when it was true.
	 */
	@Test
	void saysThatTheConsoleIsLost() {
		int port = TestSocketUtils.findAvailableTcpPort();
		WatchedGroup nowhere = new WatchedGroup("localhost:1", LabOptions.GROUP, LabOptions.TOPIC, true);
		for (String lang : new String[] { "en", "ko" }) {
			try (ConfigurableApplicationContext console = Board.start(new LabHome(LAB, state), new LabOptions(),
					nowhere, port, Messages.in(Language.EN))) {
				browser.driver().get("http://localhost:%d/?lang=%s".formatted(port, lang));
				await().atMost(Duration.ofMinutes(1))
					.untilAsserted(() -> assertThat(browser.all("#verdict")).isNotEmpty());
			}
			await("the page notices").atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(browser.find("#verdict").getText()).startsWith(lang.equals("en")
						? "Not known now, because the console does not answer." : "콘솔이 응답하지 않아 지금 상태를 알 수 없습니다."));
			assertThat(browser.find("#problem").getText()).contains("./lab up");
			assertThat(browser.driver().getTitle()).startsWith("! ");
			browser.assertAccessible();
			browser.screenshot("state-lost-%s.png".formatted(lang));
			browser.driver().get("about:blank");
			browser.forgetErrors();
		}
	}

}
