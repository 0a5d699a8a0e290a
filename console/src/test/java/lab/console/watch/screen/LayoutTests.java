package lab.console.watch.screen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.GroupTimings;
import lab.console.group.Verdict;
import lab.console.group.Verdict.Level;
import lab.console.group.Unread;
import lab.console.group.WatchedGroup;
import lab.console.terminal.DisplayWidth;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.Terminal;
import lab.console.terminal.WindowSize;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.AssignmentChange.Origin;
import lab.console.instance.InstanceState;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.Broker;
import lab.console.watch.Rebalance;
import lab.console.watch.Rebalance.Cause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The board in a terminal: what it says, and that it fits.
 */
class LayoutTests {

	private static final Instant NOW = Instant.parse("2026-11-01T09:00:30Z");

	private final Map<String, GroupView.MemberView> members = new LinkedHashMap<>();

	private final Map<String, GroupView.PartitionView> partitions = new LinkedHashMap<>();

	private final Map<String, Rebalance> rebalances = new LinkedHashMap<>();

	private final TreeMap<Integer, GroupView.FeedEntry> feed = new TreeMap<>();

	private final List<GroupView.StateFrom> states = new ArrayList<>();

	private final Map<String, List<GroupView.OwnedFrom>> lanes = new LinkedHashMap<>();

	private final List<GroupView.Outage> outages = new ArrayList<>();

	private final Map<String, GroupView.HandledAgain> again = new LinkedHashMap<>();

	private final TreeMap<Long, Map<String, Long>> lag = new TreeMap<>();

	private int handledAgain;

	private Broker.BrokerState broker = Broker.BrokerState.UP;

	private Map<String, InstanceState> instances = Map.of();

	private boolean local = true;

	private Instant now = NOW;

	private Instant at = NOW;

	@Test
	void showsOwnersRecordsIdleMembersAndWhatHappened() {
		lab();
		assertThat(String.join("\n", lines(Language.EN, new WindowSize(40, 120)))).isEqualTo(
				"""
						● product3 is idle (members: 3, partitions: 2): each partition has one owner in a group.
						P0: product1 → product2 · stood still for up to 0.3 s · in progress
						09:00:20 product1 was paused; its session expired · product2 joined
						localhost:9092: UP since 09:00:00.
						group product: Stable · protocol Consumer · heartbeat 500 ms · session 5000 ms · assignor uniform · epoch 5 / 4
						Orders 0 · 0 per second

						PARTITION  OWNER     COMMITTED  END  LAG  RECORDS (■ handled, ▣ handled twice, □ not yet)
						P0         product1  2          4    2    ■■■□
						P1         -         -          0    -

						MEMBER    HOST       EPOCH  PARTITIONS
						product1  127.0.0.1  4      P0
						product2  127.0.0.1  4      - ⇢ will own P1
						product3  127.0.0.1  4      idle · members: 3, partitions: 2

						Rebalances, up to five minutes
						09:00:20  P0: product1 → product2 · stood still for up to 0.3 s · in progress
						          product1 was paused; its session expired (observed) · product2 joined (inferred) · kept: P1
						09:00:10  P1 → product1
						          the assignment changed; the cause is unknown (inferred) · inferred from the Admin API

						Events
						09:00:02  product2 was killed here.
						09:00:01  product1 was given P0; it owns P0.""");
	}

	/**
	 * What snapshots alone tell of a group of others.
	 */
	@Test
	void tellsHowLongAForeignGroupStoodStillAndWhereItCommitsNothing() {
		lab();
		this.partitions.put("parcels-0", new GroupView.PartitionView(new Partition("parcels", 0, 1, 2L, 9, "worker"),
				null, null, NOW.minusSeconds(13), null, null));
		this.rebalances.put("3",
				new Rebalance(NOW.minusSeconds(5), NOW.minusSeconds(5), false, List.of(), Map.of("parcels-0", "other"),
						Map.of("parcels-0", "worker"), List.of("parcels-0"), List.of(), List.of(), Map.of(),
						Map.of("parcels-0", new Rebalance.Estimate(18_000, 21_000L)), null, null, null,
						Origin.INFERRED));
		assertThat(lines(Language.EN, new WindowSize(60, 120)))
			.anyMatch((line) -> line.endsWith("parcels-0: other → worker · stood still for up to 21 s"))
			.anyMatch((line) -> line.startsWith("parcels-0 ") && line.endsWith("no commit for 13 s"));
	}

	/**
	 * What was not read before did not stop.
	 */
	@Test
	void aNewPartitionHadNoOwnerAndDidNotStandStill() {
		lab();
		this.rebalances.put("3",
				new Rebalance(NOW.minusSeconds(5), NOW.minusSeconds(5), false,
						List.of(new Cause("cause.grown", List.of("topic_example-1"), false)), Map.of(),
						Map.of("topic_example-1", "product1"), List.of(), List.of(), List.of("topic_example-1"),
						Map.of("topic_example-1", 500L), Map.of(), null, null, null, Origin.INFERRED));
		assertThat(lines(Language.EN, new WindowSize(60, 120)))
			.anyMatch((line) -> line.endsWith("P1 (new) → product1 · no owner for up to 0.5 s"));
	}

	/**
	 * After a restart of all members: P1 was there before, P2 was added meanwhile, and
	 * the time without members is longer than the hand-over.
	 */
	@Test
	void tellsOneCostOfARestartAndCallsOnlyNewPartitionsNew() {
		lab();
		this.rebalances.put("3",
				new Rebalance(NOW.minusSeconds(5), NOW.minusSeconds(5), false,
						List.of(new Cause("cause.grown", List.of("topic_example-2"), false),
								new Cause("cause.nobody", List.of("8"), false)),
						Map.of(), Map.of("topic_example-1", "product1", "topic_example-2", "product2"), List.of(),
						List.of(), List.of("topic_example-1", "topic_example-2"), Map.of("topic_example-1", 500L),
						Map.of(), null, null, null, Origin.INFERRED));
		assertThat(lines(Language.EN, new WindowSize(60, 120))).anyMatch(
				(line) -> line.endsWith("P1 → product1 · P2 (new) → product2 · all stood still for at least 8 s"));
	}

	@Test
	void showsTheLagAsATimeAndWhatWasHandledTwice() {
		lab();
		put(new Partition("topic_example", 0, 1, 2L, 9, "product1"), new Unread(NOW.minusSeconds(12), false),
				record(2, "product1"),
				new GroupView.RecordView(3, NOW, null, null, 10, "product2", List.of("product1")));
		this.again.put("1793523620000" /* when the second rebalance began */ ,
				new GroupView.HandledAgain(12, List.of("topic_example-0@105", "topic_example-0@106")));
		this.handledAgain = 14;
		for (int i = 0; i <= 60; i++) {
			this.lag.put(NOW.getEpochSecond() - 600 + 10 * i,
					Map.of("topic_example-0", 120L - i, "topic_example-1", 0L, "total", 120L - i));
		}
		List<String> lines = lines(Language.EN, new WindowSize(60, 120));
		assertThat(lines).containsSubsequence(
				"P0: product1 → product2 · stood still for up to 0.3 s · handled twice: 12 · in progress",
				"Orders 0 · 0 per second · handled twice: 14, last in the rebalance of 09:00:20",
				"PARTITION  OWNER     COMMITTED  END  LAG  OLDEST  RECORDS (■ handled, ▣ handled twice, □ not yet)",
				"P0         product1  2          9    7    12 s    ■▣", "Lag, ten minutes",
				"The oldest unread record is 12 s old (P0). At this pace, the group has caught up in 10 min.",
				"total 60 · P0 60");
		assertThat(lines).anyMatch((line) -> line.matches("█+▇+▆+▅+ 120"))
			.anyMatch((line) -> line.contains(" · Handled twice: 12. P0@105,"));
	}

	/**
	 * While a member is silent, its partitions come before what happened earlier.
	 */
	@Test
	void saysFirstWhatWaitsForAMemberThatSendsNoHeartbeats() {
		lab();
		this.members.put("product1",
				new GroupView.MemberView(member("product1", List.of("topic_example-0"), List.of("topic_example-0")),
						null, NOW.minusSeconds(3), new GroupView.HandledOrders(5, NOW, 0, 3, null)));
		assertThat(lines(Language.EN, new WindowSize(40, 200))).containsSubsequence("P0 has not been read for 3 s",
				"Last rebalance, 9 s ago: 09:00:20 product1 was paused; its session expired · product2 joined · P0: product1 → product2"
						+ " · stood still for up to 0.3 s · in progress",
				"product1  127.0.0.1  4      P0 · no heartbeat since 09:00:27 · handled 5");
	}

	/**
	 * A new trouble comes before an older rebalance, which is one line with its age.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			event.broker-away  | localhost:9092 | No broker answers at localhost:9092.
			event.leaderless   | P0             | P0: no broker leads, so nothing is written or read.
			event.died         | product1       | product1 died. It stays a member until its session expires.
			""")
	void whatHappenedAfterTheLastRebalanceComesFirst(String key, String value, String told) {
		lab();
		this.feed.put(9, new GroupView.FeedEntry(NOW.plusSeconds(100), Level.BAD, key, List.of(value), ""));
		this.now = NOW.plusSeconds(101);
		assertThat(lines(Language.EN, new WindowSize(40, 160)).subList(1, 3)).satisfiesExactly(
				(line) -> assertThat(line).isEqualTo("09:02:10 · just now · " + told),
				(line) -> assertThat(line).startsWith("Last rebalance, ")
					.contains(" ago: 09:00:20 product1 was paused; its session expired"));
		assertThat(lines(Language.KO, new WindowSize(40, 160)).get(1)).startsWith("09:02:10 · 방금 · ");
	}

	@Test
	void anOlderRebalanceIsOneLineWithItsAge() {
		lab();
		this.rebalances.remove("2");
		this.now = NOW.plusSeconds(19);
		assertThat(lines(Language.EN, new WindowSize(40, 160)).subList(1, 3)).doesNotContain("P1 → product1");
		assertThat(lines(Language.EN, new WindowSize(40, 160)).get(1))
			.matches("Last rebalance, \\d+ s ago: 09:00:\\d\\d .*");
	}

	/**
	 * The page and the terminal tell of the same events.
	 */
	@Test
	void thePageHasTheSameRule() throws IOException {
		String script = Files.readString(Path.of("src/main/resources/static/last.js"));
		Matcher rule = Pattern.compile("/(\\^event.*)/\\.test\\(key\\)").matcher(script);
		assertThat(rule.find()).isTrue();
		Pattern page = Pattern.compile(rule.group(1));
		ResourceBundle.getBundle("lab.console.messages")
			.keySet()
			.stream()
			.filter((key) -> key.startsWith("event."))
			.forEach((key) -> assertThat(LastText.leads(key)).as(key).isEqualTo(page.matcher(key).find()));
	}

	@Test
	void drawsTheLastMinutes() {
		lab();
		this.states.add(new GroupView.StateFrom(NOW.minusSeconds(60), "Stable"));
		this.states.add(new GroupView.StateFrom(NOW.minusSeconds(20), "Reconciling"));
		this.states.add(new GroupView.StateFrom(NOW.minusSeconds(10), "Stable"));
		this.lanes.put("product1", List.of(owned(30, ChangeKind.ASSIGNED, "topic_example-0")));
		this.lanes.put("product2", List.of(owned(30, ChangeKind.ASSIGNED),
				owned(15, ChangeKind.ASSIGNED, "topic_example-1"), owned(5, ChangeKind.GONE)));
		this.outages.add(new GroupView.Outage(NOW.minusSeconds(50), NOW.minusSeconds(30)));
		assertThat(lines(Language.EN, new WindowSize(50, 80))).containsSubsequence("Rebalances, up to five minutes",
				"                                                  ▼         ▼",
				"group     Stable────│no data░░░░░░░░░░░░│Stable───│─────────│Stable───",
				"product1            │no data░░░░░░░░░░░░│P0───────────────────────────",
				"product2            │no data░░░░░░░░░░░░│i✕le··········│P1───────");
		assertThat(lines(Language.KO, new WindowSize(50, 80)))
			.contains("product2            │데이터 없음░░░░░░░░│✕ 휴··········│P1───────")
			.anyMatch((line) -> line.startsWith("그룹      Stable────│"));
		assertThat(lines(Language.EN, new WindowSize(24, 80))).as("where there is little room")
			.noneMatch((line) -> line.startsWith("product1            │"));
	}

	@Test
	void marksWhereAMemberDied() {
		lab();
		this.lanes.put("product1",
				List.of(owned(60, ChangeKind.ASSIGNED), owned(20, ChangeKind.ASSIGNED, "topic_example-0")));
		this.states.add(new GroupView.StateFrom(NOW.minusSeconds(60), "Stable"));
		this.feed.put(3,
				new GroupView.FeedEntry(NOW.minusSeconds(10), Level.BAD, "event.died-here", List.of("product1"), ""));
		this.feed.put(4,
				new GroupView.FeedEntry(NOW.minusSeconds(5), Level.BAD, "event.died-here", List.of("product2"), ""));
		assertThat(lines(Language.EN, new WindowSize(50, 80)))
			.contains("product1  idle····································│P0───────✕not read╌");
		assertThat(lines(Language.KO, new WindowSize(50, 80)))
			.contains("product1  유휴····································│P0───────✕읽지 못함");
	}

	@Test
	void drawsOneBarForWhatStaysTheSame() {
		lab();
		this.states.add(new GroupView.StateFrom(NOW.minusSeconds(60), "Stable"));
		this.lanes.put("product1", List.of(owned(60, ChangeKind.ASSIGNED, "topic_example-0"),
				owned(20, ChangeKind.FOUND, "topic_example-0")));
		assertThat(lines(Language.EN, new WindowSize(50, 80)))
			.contains("product1  P0──────────────────────────────────────────────────────────");
	}

	private static GroupView.OwnedFrom owned(int secondsAgo, ChangeKind kind, String... partitions) {
		return new GroupView.OwnedFrom(NOW.minusSeconds(secondsAgo), List.of(partitions), null, kind, Origin.PUBLISHED);
	}

	/**
	 * What has to be started is told only where no broker answers: of three, one may be
	 * enough.
	 */
	@Test
	void saysWhichBrokersOfTheLabToStartWhereNoneAnswers() {
		this.instances = Map.of("kafka", new InstanceState(9092, InstanceState.State.STOPPED, null), "product1",
				new InstanceState(8082, InstanceState.State.STOPPED, null));
		assertThat(lines(Language.EN, new WindowSize(24, 80))).noneMatch((line) -> line.contains("./lab start"));
		this.broker = Broker.BrokerState.AWAY;
		assertThat(lines(Language.EN, new WindowSize(24, 80))).contains("kafka is not running: ./lab start kafka");
		this.instances = Map.of("kafka", new InstanceState(9092, InstanceState.State.PAUSED, null));
		assertThat(lines(Language.KO, new WindowSize(24, 80))).contains("kafka가 일시 정지되어 있습니다: ./lab resume kafka");
	}

	@Test
	void saysSinceWhenThereWasNoRebalance() {
		put(member("product1", List.of("topic_example-0"), null));
		this.states.add(new GroupView.StateFrom(NOW.minusSeconds(20), "Stable"));
		assertThat(lines(Language.EN, new WindowSize(24, 80))).contains("Watched since 09:00:10: no rebalance so far.")
			.doesNotContain("Rebalances, up to five minutes");
	}

	/**
	 * The topic stands before the number where there are several topics, or the group is
	 * not the lab's.
	 */
	@Test
	void namesTheTopicOfAPartitionWhereTheNumberIsNotEnough() {
		lab();
		this.local = false;
		assertThat(lines(Language.EN, new WindowSize(40, 120)))
			.contains("topic_example-0: product1 → product2 · stood still for up to 0.3 s · in progress")
			.anyMatch((line) -> line.startsWith("topic_example-1  -"));
		this.local = true;
		put(new Partition("parcels", 0, 1, 0L, 0, "product1"));
		assertThat(lines(Language.EN, new WindowSize(40, 120))).anyMatch((line) -> line.startsWith("parcels-0 "))
			.anyMatch((line) -> line.startsWith("topic_example-0  product1"));
	}

	/**
	 * Signs and words carry the meaning; colors repeat it.
	 */
	@ParameterizedTest
	@CsvSource({ "EN, 80", "EN, 120", "KO, 80", "KO, 120" })
	void saysTheSameWithoutColors(Language language, int width) {
		lab();
		WindowSize size = new WindowSize(40, width);
		List<String> coloured = new Layout(new Terminal(System.out, false, true), Messages.in(language), ZoneOffset.UTC)
			.lines(view(), size);
		List<String> plain = lines(language, size);
		assertThat(coloured).anyMatch((line) -> line.contains("\033[")).extracting(Terminal::plain).isEqualTo(plain);
		assertThat(plain).noneMatch((line) -> line.contains("\033"))
			.allSatisfy((line) -> assertThat(DisplayWidth.of(line)).as(line).isLessThanOrEqualTo(width));
	}

	/**
	 * A share group, with a static member that has no business there, to see its column.
	 */
	@Test
	void showsAllReadersOfAPartitionThatIsShared() {
		put(new Member("product1", "product1", "m", "rack-1", "127.0.0.1", 3, List.of("topic_example-0"), null));
		put(member("product2", List.of("topic_example-0"), null));
		put(new Partition("topic_example", 0, 1, 2L, 0L, 4L, null, 1L, null, List.of("product1", "product2")),
				record(2, null), record(3, "product2"));
		put(new Partition("topic_example", 1, 1, null, 0L, 0L, null, null, null, List.of()));
		assertThat(lines(Language.EN, new WindowSize(40, 120))).containsSubsequence(
				"PARTITION  READERS             START  END  LAG  RECORDS (■ handled, ▣ handled twice, □ not yet)",
				"P0         product1, product2  2      4    1    □■", "P1         -                   -      0    -",
				"MEMBER    GROUP-INSTANCE-ID  HOST       EPOCH  PARTITIONS",
				"product1  rack-1             127.0.0.1  3      P0",
				"product2  -                  127.0.0.1  4      P0");
	}

	@Test
	void saysHowOldItIsOnceItIsOld() {
		lab();
		this.at = NOW.minusSeconds(3);
		assertThat(lines(Language.EN, new WindowSize(40, 120))).noneMatch((line) -> line.contains("old."));
		this.at = NOW.minusSeconds(12);
		assertThat(lines(Language.EN, new WindowSize(40, 120))).contains("This data is 12 s old.");
	}

	@ParameterizedTest
	@CsvSource({ "EN, 24, 80", "KO, 24, 80", "KO, 24, 81", "EN, 10, 40", "KO, 5, 20", "EN, 1, 10", "KO, 50, 200" })
	void fitsTheTerminal(Language language, int height, int width) {
		many();
		List<String> lines = lines(language, new WindowSize(height, width));
		assertThat(lines).hasSizeBetween(1, height)
			.allSatisfy((line) -> assertThat(DisplayWidth.of(line)).as(line).isLessThanOrEqualTo(width));
	}

	@Test
	void ofALargeGroupTheExceptionsAreShownAndTheOthersCounted() {
		many();
		assertThat(lines(Language.EN, new WindowSize(30, 120))).anyMatch((line) -> line.startsWith("P150       -"))
			.anyMatch((line) -> line.startsWith("member44") && line.contains("idle"))
			.anyMatch((line) -> line.matches("and 1\\d\\d more"))
			.contains("MEMBER    HOST       EPOCH  PARTITIONS");
	}

	@Test
	void nothingOfTheVerdictIsCut() {
		lab();
		assertThat(lines(Language.EN, new WindowSize(24, 34))).startsWith("● product3 is idle (members: 3,",
				"  partitions: 2): each partition", "  has one owner in a group.");
	}

	@Test
	void whatComesFromTheClusterCannotCommandTheTerminal() {
		put(member("evil\033[2J\u009b2J\nname", List.of(), null));
		assertThat(lines(Language.EN, new WindowSize(24, 80)))
			.noneMatch((line) -> line.chars().anyMatch(Character::isISOControl));
	}

	@Test
	void aScreenIsGivenBackAsItWas() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8));
		screen.draw(List.of("one", "two"));
		screen.draw(List.of("three"));
		screen.leave();
		screen.draw(List.of("late"));
		screen.leave();
		assertThat(out.toString(StandardCharsets.UTF_8).replace("\033[", "<"))
			.isEqualTo("<?1049h<?25l<?7l<Hone<K\ntwo<K<J<Hthree<K<J<?7h<?25h<?1049l");
	}

	@Test
	void aScreenThatWasNeverDrawnOnIsLeftAlone() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		new Screen(new PrintStream(out, true, StandardCharsets.UTF_8)).leave();
		assertThat(out.size()).isZero();
	}

	@Test
	void inAPipeEachChangeIsALine() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		WatchCommand.PlainLines plain = new WatchCommand.PlainLines(
				new ViewText(Messages.in(Language.EN), ZoneOffset.UTC),
				new PrintStream(out, true, StandardCharsets.UTF_8));
		say(1, "event.grown");
		plain.accept(view());
		plain.accept(view());
		say(2, "event.gone");
		plain.accept(view());
		assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("09:00:01  product1 was added.",
				"● product3 is idle (members: 3, partitions: 2): each partition has one owner in a group.",
				"09:00:02  product1 is no longer a member.");
	}

	/**
	 * What was published before the watch began is read after the first snapshot.
	 */
	@Test
	void whatHappenedIsInTheOrderOfItsTimes() {
		lab();
		say(5, "event.died");
		say(3, "event.gone");
		GroupView.FeedEntry late = new GroupView.FeedEntry(NOW.minusSeconds(90), Level.NOTE, "event.grown",
				List.of("t-1"), "");
		this.feed.put(6, late);
		List<String> lines = lines(Language.EN, new WindowSize(60, 100));
		assertThat(lines.subList(lines.indexOf("Events") + 1, lines.size())).extracting((line) -> line.strip())
			.filteredOn((line) -> line.matches("\\d\\d:.*"))
			.extracting((line) -> line.substring(0, 8))
			.isSortedAccordingTo(Comparator.reverseOrder())
			.endsWith("08:59:00");
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		new WatchCommand.PlainLines(new ViewText(Messages.in(Language.EN), ZoneOffset.UTC),
				new PrintStream(out, true, StandardCharsets.UTF_8))
			.accept(view());
		assertThat(out.toString(StandardCharsets.UTF_8).lines()).first().asString().startsWith("08:59:00");
	}

	@Test
	void forAProgramEachChangeButTheTimesIsALine() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		WatchCommand.JsonLines json = new WatchCommand.JsonLines(new PrintStream(out, true, StandardCharsets.UTF_8));
		json.accept(view());
		this.at = NOW.plusSeconds(1);
		this.now = NOW.plusSeconds(2);
		json.accept(view());
		say(1, "event.grown");
		json.accept(view());
		assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2)
			.allSatisfy((line) -> assertThat(line).startsWith("{\"now\":").contains("\"verdict.idle\""));
	}

	@Test
	void theSizeIsTheTerminalsElseTheEnvironmentsElseTheUsualOne() {
		assertThat(WindowSize.of("50 132\n", Map.of("COLUMNS", "40"))).isEqualTo(new WindowSize(50, 132));
		assertThat(WindowSize.of("", Map.of("COLUMNS", "40", "LINES", "10"))).isEqualTo(new WindowSize(10, 40));
		assertThat(WindowSize.of("0 0\n", Map.of())).isEqualTo(new WindowSize(24, 80));
	}

	@Test
	void showsTheRecordsOfAnOpenTransactionAsNotHandled() {
		put(member("product1", List.of("topic_example-0"), null));
		put(new Partition("topic_example", 0, 1, 4L, 0L, 6L, 4L, 0L, "product1", null), record(3, null),
				record(4, null), record(5, null));
		assertThat(lines(Language.EN, new WindowSize(40, 120)))
			.anyMatch((line) -> line.startsWith("P0 ") && line.endsWith("■□□"));
	}

	private void lab() {
		put(member("product1", List.of("topic_example-0"), List.of("topic_example-0")));
		put(member("product2", List.of(), List.of("topic_example-1")));
		put(member("product3", List.of(), List.of()));
		put(new Partition("topic_example", 0, 1, 2L, 4, "product1"), record(0, null), record(1, null),
				record(2, "product1"), record(3, null));
		put(new Partition("topic_example", 1, 1, null, 0, null));
		this.rebalances.put("1", new Rebalance(NOW.minusSeconds(20), NOW.minusSeconds(20), false,
				List.of(new Cause("cause.unknown", List.of(), false)), Map.of(), Map.of("topic_example-1", "product1"),
				List.of(), List.of(), List.of("topic_example-1"), Map.of(), null, 3, 4, Origin.INFERRED));
		this.rebalances.put("2", new Rebalance(NOW.minusSeconds(10), NOW.minusSeconds(9), true,
				List.of(new Cause("cause.paused", List.of("product1"), true),
						new Cause("cause.joined", List.of("product2"), false)),
				Map.of("topic_example-0", "product1", "topic_example-1", "product1", "topic_example-2", "product1"),
				Map.of("topic_example-0", "product2", "topic_example-1", "product1"), List.of("topic_example-0"),
				List.of("topic_example-1"), List.of(), Map.of("topic_example-0", 312L), null, 4, 5, Origin.PUBLISHED));
		this.feed.put(1, new GroupView.FeedEntry(NOW.minusSeconds(29), Level.OK, "event.assigned",
				List.of("product1", "topic_example-0", "topic_example-0"), ""));
		this.feed.put(2,
				new GroupView.FeedEntry(NOW.minusSeconds(28), Level.BAD, "event.died-here", List.of("product2"), ""));
	}

	/**
	 * 50 members, 200 partitions.
	 */
	private void many() {
		lab();
		this.members.clear();
		this.partitions.clear();
		for (int i = 0; i < 50; i++) {
			List<String> assigned = (i == 44) ? List.of() : List.of("orders-" + i);
			put(member("member" + i, assigned, assigned));
		}
		for (int i = 0; i < 200; i++) {
			put(new Partition("orders", i, 1, 3L, 3, (i == 150) ? null : "member" + i % 50));
		}
	}

	private void say(int second, String key) {
		this.feed.put(second,
				new GroupView.FeedEntry(NOW.minusSeconds(30 - second), Level.NOTE, key, List.of("product1"), ""));
	}

	private void put(Member member) {
		GroupView.Sentence why = new GroupView.Sentence("board.idle-reason", List.of("3", "2"));
		this.members.put(member.name(), new GroupView.MemberView(member, member.idle() ? why : null, null, null));
	}

	private void put(Partition partition, GroupView.RecordView... records) {
		put(partition, null, records);
	}

	private void put(Partition partition, @Nullable Unread unread, GroupView.RecordView... records) {
		this.partitions.put(partition.name(),
				new GroupView.PartitionView(partition, (records.length > 0) ? List.of(records) : null, unread));
	}

	private static Member member(String name, List<String> assigned, @Nullable List<String> target) {
		return new Member(name, "c", "m", "127.0.0.1", 4, assigned, target);
	}

	private static GroupView.RecordView record(long offset, @Nullable String by) {
		return new GroupView.RecordView(offset, NOW, null, null, 10, by, null);
	}

	private List<String> lines(Language language, WindowSize size) {
		return layout(language).lines(view(), size);
	}

	private static Layout layout(Language language) {
		return new Layout(new Terminal(System.out, false, false), Messages.in(language), ZoneOffset.UTC);
	}

	private GroupView view() {
		return new GroupView(this.now, new WatchedGroup("localhost:9092", "product", "topic_example", this.local),
				new Broker(this.at, this.broker, NOW.minusSeconds(30), null),
				new Verdict(Level.NOTE, "verdict.idle", List.of("product3", "3", "2")),
				new GroupView.GroupFacts(new GroupSnapshot(this.at, "product", "Stable", "Consumer", "uniform", 5, 4,
						List.of(), List.of()), null, new GroupTimings(500, 5000, null)),
				this.members, this.partitions, new GroupView.Timeline(this.states, this.lanes, this.rebalances,
						this.outages, this.again, this.handledAgain),
				this.lag, this.feed, new GroupView.Traffic(0, 0), null, this.instances);
	}

}
