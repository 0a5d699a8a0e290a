package lab.console.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import lab.console.deadletter.DeadLetter;
import lab.console.deadletter.RecordId;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupTimings;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.terminal.Json;
import lab.console.watch.GroupView.Broker;
import lab.console.watch.GroupView.DeadLetters;
import lab.console.watch.GroupView.GroupFacts;
import lab.console.watch.GroupView.HandledOrders;
import lab.console.watch.GroupView.MemberView;
import lab.console.watch.GroupView.PartitionView;
import lab.console.watch.GroupView.RecordView;
import lab.console.watch.GroupView.Sentence;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The JSON of a view, which the page, {@code lab watch --json} and recordings have in
 * common.
 */
class GroupViewTests {

	private static final Instant AT = Instant.parse("2026-11-26T12:00:00Z");

	@Test
	void theGroupIsTheSnapshotWithoutItsListsAndWhatTheWatchAdds() {
		assertThat(json().path("group")).isEqualTo(Json.read("""
				{"at":"2026-11-26T12:00:00Z","state":"Stable","protocol":"Classic","assignor":"range","generation":3,
				"heartbeatMs":500,"sessionMs":5000}"""));
	}

	@Test
	void aMemberIsThatOfTheSnapshotUnderItsNameAndWhatTheWatchAdds() {
		assertThat(json().path("members")).isEqualTo(Json.read("""
				{"product1":{"clientId":"product1","memberId":"m1","groupInstanceId":"rack-1","host":"127.0.0.1",
				"epoch":4,"assigned":["t-0"],"target":["t-0"],"idle":false,"silentSince":"2026-11-26T12:00:00Z",
				"handled":{"count":7,"at":"2026-11-26T12:00:00Z","partition":0,"offset":6,"text":"tea"}},
				"product2":{"clientId":"product2","memberId":"m2","host":"127.0.0.1","assigned":[],"idle":true,
				"why":{"key":"board.idle-reason","values":["2","1"]}}}"""));
	}

	@Test
	void aPartitionIsThatOfTheSnapshotAndItsRecords() {
		assertThat(json().path("partitions")).isEqualTo(Json
			.read("""
					{"t-0":{"topic":"t","partition":0,"leader":1,"committed":6,"logStart":0,"end":7,"lag":1,"owner":"product1",
					"records":[{"offset":6,"at":"2026-11-26T12:00:00Z","text":"tea","bytes":3,"by":"product1"}]}}"""));
	}

	@Test
	void deadLettersAreByTheirPlaceInTheirTopic() {
		assertThat(json().path("deadLetters")).isEqualTo(Json
			.read("""
					{"topic":"t-dlt","total":2,"open":1,"newest":{"0-3":{"id":"0-3","at":"2026-11-26T12:00:00Z",
					"origin":{"topic":"t","partition":0,"offset":5},"cause":"it is empty","returns":1,"returned":true}}}"""));
	}

	private static JsonNode json() {
		GroupSnapshot.Member busy = new GroupSnapshot.Member("product1", "product1", "m1", "rack-1", "127.0.0.1", 4,
				List.of("t-0"), List.of("t-0"));
		GroupSnapshot.Member idle = new GroupSnapshot.Member("product2", "product2", "m2", "127.0.0.1", null, List.of(),
				null);
		GroupSnapshot.Partition partition = new GroupSnapshot.Partition("t", 0, 1, 6L, 7, "product1");
		GroupSnapshot snapshot = new GroupSnapshot(AT, "product", "Stable", "Classic", "range", null, null,
				List.of(busy, idle), List.of(partition));
		return Json.read(Json.line(new GroupView(AT, new WatchedGroup("localhost:9092", "product", "t", true),
				new Broker(AT, Broker.BrokerState.UP, AT, null),
				new Verdict(Verdict.Level.OK, "verdict.even", List.of()),
				new GroupFacts(snapshot, 3, new GroupTimings(500, 5000, null)),
				Map.of("product1", new MemberView(busy, null, AT, new HandledOrders(7, AT, 0, 6, "tea")), "product2",
						new MemberView(idle, new Sentence("board.idle-reason", List.of("2", "1")), null, null)),
				Map.of("t-0",
						new PartitionView(partition, List.of(new RecordView(6, AT, null, "tea", 3, "product1", null)),
								null)),
				new GroupView.Timeline(List.of(), Map.of(), Map.of(), List.of(), Map.of(), 0), new TreeMap<>(),
				new TreeMap<>(), new GroupView.Traffic(0, 0),
				new DeadLetters("t-dlt", 2, 1, null,
						Map.of("0-3", new DeadLetter(new RecordId(0, 3), AT,
								new DeadLetter.OriginalPosition("t", 0, 5, null), "it is empty", 1, true))),
				Map.of())));
	}

}
