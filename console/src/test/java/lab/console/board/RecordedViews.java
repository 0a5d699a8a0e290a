package lab.console.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import lab.console.group.GroupSnapshot;
import lab.console.group.Verdict;
import lab.console.group.WatchedGroup;
import lab.console.terminal.Json;
import lab.console.watch.GroupView;
import lab.console.watch.GroupView.Broker;
import lab.console.watch.GroupView.GroupFacts;
import lab.console.watch.GroupView.HandledOrders;
import lab.console.watch.GroupView.MemberView;
import lab.console.watch.GroupView.PartitionView;
import lab.console.watch.Rebalance;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The views of a recording, one after the other: members, partitions and rebalances.
 */
public final class RecordedViews {

	private static final Path FOLDER = Path.of("src/test/resources/static/recordings");

	private RecordedViews() {
	}

	public static List<GroupView> of(String recording) throws IOException {
		return states(recording).stream().map(RecordedViews::view).toList();
	}

	/**
	 * The names of all recordings.
	 */
	static List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.map((file) -> file.getFileName().toString().replace(".json", "")).sorted().toList();
		}
	}

	/**
	 * The states of a recording, as the page has them.
	 */
	static List<ObjectNode> states(String recording) throws IOException {
		JsonNode exported = Json.read(Files.readString(FOLDER.resolve(recording + ".json")));
		ObjectNode state = (ObjectNode) exported.get("state");
		List<ObjectNode> states = new ArrayList<>(List.of(state.deepCopy()));
		for (JsonNode delta : exported.get("deltas")) {
			MergePatch.apply(delta, state);
			states.add(state.deepCopy());
		}
		return states;
	}

	private static GroupView view(JsonNode state) {
		Map<String, MemberView> members = new LinkedHashMap<>();
		state.path("members").propertyStream().forEach((member) -> members.put(member.getKey(), member(member)));
		Map<String, PartitionView> partitions = new LinkedHashMap<>();
		state.path("partitions")
			.propertyStream()
			.forEach((partition) -> partitions.put(partition.getKey(),
					new PartitionView(partition(partition.getValue()), null, null)));
		Map<String, Rebalance> rebalances = new TreeMap<>();
		state.path("timeline")
			.path("rebalances")
			.propertyStream()
			.forEach((rebalance) -> rebalances.put(rebalance.getKey(), read(rebalance.getValue(), Rebalance.class)));
		return new GroupView(Instant.parse(state.get("now").asString()), read(state.get("source"), WatchedGroup.class),
				read(state.get("broker"), Broker.class), read(state.get("verdict"), Verdict.class),
				state.has("group") ? group(state, members, partitions) : null, members, partitions,
				new GroupView.Timeline(List.of(), Map.of(), rebalances, List.of(), Map.of(), 0), new TreeMap<>(),
				new TreeMap<>(), new GroupView.Traffic(0, 0), null, Map.of());
	}

	private static GroupFacts group(JsonNode state, Map<String, MemberView> members,
			Map<String, PartitionView> partitions) {
		JsonNode group = state.get("group");
		return new GroupFacts(new GroupSnapshot(Instant.parse(group.get("at").asString()),
				state.path("source").path("group").asString(), group.get("state").asString(), text(group, "protocol"),
				text(group, "assignor"), null, null, members.values().stream().map(MemberView::snapshot).toList(),
				partitions.values().stream().map(PartitionView::snapshot).toList()), null, null);
	}

	private static MemberView member(Map.Entry<String, JsonNode> member) {
		JsonNode facts = member.getValue();
		GroupSnapshot.Member snapshot = new GroupSnapshot.Member(member.getKey(), facts.get("clientId").asString(),
				facts.get("memberId").asString(), facts.get("host").asString(), null, strings(facts.get("assigned")),
				facts.has("target") ? strings(facts.get("target")) : null);
		return new MemberView(snapshot, null, null,
				facts.has("handled") ? read(facts.get("handled"), HandledOrders.class) : null);
	}

	private static GroupSnapshot.Partition partition(JsonNode facts) {
		return new GroupSnapshot.Partition(facts.get("topic").asString(), facts.get("partition").asInt(), 1,
				facts.has("committed") ? facts.get("committed").asLong() : null, facts.path("end").asLong(),
				text(facts, "owner"));
	}

	private static List<String> strings(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

	private static @Nullable String text(JsonNode object, String name) {
		return object.has(name) ? object.get(name).asString() : null;
	}

	private static <T> T read(JsonNode value, Class<T> type) {
		return Json.read(value.toString(), type);
	}

}
