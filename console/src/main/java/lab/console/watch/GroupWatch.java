package lab.console.watch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupTimings;
import lab.console.group.Source;
import lab.console.group.Verdict;
import lab.console.group.Verdict.Level;
import lab.console.group.Verdict.Silence;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.watch.Change.Kind;
import lab.console.watch.Change.Origin;
import lab.console.watch.GroupView.Broker;
import lab.console.watch.GroupView.Broker.State;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.context.event.EventListener;

/**
 * Looks at a group once a second through the Admin API, reads in between what comes into
 * its topics, and tells a listener whenever something has changed. One thread does all of
 * it, whoever and however many look at the result.
 */
@Slf4j
public final class GroupWatch implements AutoCloseable {

	private static final Duration EVERY = Duration.ofSeconds(1);

	/**
	 * No more than ten changes a second are told.
	 */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private static final int RECORDS = 12;

	/**
	 * In more partitions than that nobody can follow records.
	 */
	private static final int PARTITIONS_WITH_RECORDS = 24;

	/**
	 * How much of what the members published is read from before the watch began.
	 */
	private static final int PAST = 1000;

	private static final int LAG_SECONDS = 120;

	private static final int LAG_PARTITIONS = 12;

	private static final int LONGEST_TEXT = 80;

	/**
	 * Group settings seldom change.
	 */
	private static final int LOOKS_BETWEEN_TIMINGS = 10;

	/**
	 * @param found whether it was a member already at the first look
	 */
	private record Unheard(Instant since, boolean found) {
	}

	private final LabOptions options;

	private final Source source;

	private final Supplier<? extends Map<String, InstanceState>> instances;

	private final Consumer<GroupView> listener;

	private final History history;

	private final Commands commands;

	private final Thread thread = new Thread(this::run, "group watch");

	private final Queue<Mark> done = new ConcurrentLinkedQueue<>();

	private volatile boolean closed;

	private @Nullable Cluster cluster;

	private @Nullable Tail tail;

	private boolean mayRead = true;

	private Broker broker;

	private @Nullable GroupSnapshot snapshot;

	private Map<String, InstanceState> states = Map.of();

	private Optional<GroupTimings> timings = Optional.empty();

	private int looks;

	private final Map<TopicPartition, Deque<GroupView.Rec>> records = new HashMap<>();

	private final Map<TopicPartition, TreeMap<Long, String>> handledBy = new HashMap<>();

	private final Map<String, GroupView.Handled> handled = new HashMap<>();

	/** Whether members of the group publish their assignments at all. */
	private boolean publishes;

	private final Set<String> publishers = new HashSet<>();

	/** Members that were seen and have published nothing so far. */
	private final Map<String, Unheard> unheard = new HashMap<>();

	/** By member id. */
	private final Map<String, String> names = new HashMap<>();

	private final Map<String, Silence> silent = new HashMap<>();

	private final Map<String, Instant> unownedSince = new HashMap<>();

	private final Map<String, Mark> growing = new HashMap<>();

	private final TreeMap<Long, Map<String, Long>> lag = new TreeMap<>();

	private @Nullable Integer generation;

	private GroupView.Traffic traffic = new GroupView.Traffic(0, 0);

	/**
	 * @param instances the lab's own processes; none where another group is watched
	 * @param listener told in the watch's own thread, at least once a second
	 */
	public GroupWatch(LabOptions options, Source source, Supplier<? extends Map<String, InstanceState>> instances,
			Consumer<GroupView> listener) {
		this.options = options;
		this.source = source;
		this.instances = instances;
		this.listener = listener;
		this.commands = Commands.of(options, source);
		this.history = new History(this.commands);
		this.broker = new Broker(null, State.AWAY, Instant.now(), null);
		this.thread.setDaemon(true);
	}

	public void start() {
		this.thread.start();
	}

	/**
	 * Something was done here that may cause a rebalance.
	 */
	@EventListener
	public void done(Mark mark) {
		this.done.add(mark);
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.thread.interrupt();
		this.thread.join(EVERY.toMillis());
	}

	private void run() {
		Instant next = Instant.MIN;
		try {
			while (!this.closed) {
				boolean due = !Instant.now().isBefore(next);
				if (due) {
					next = Instant.now().plus(EVERY);
				}
				goOn(due);
			}
		}
		catch (InterruptedException | InterruptException ex) {
			// closed
		}
		finally {
			Thread.interrupted();
			forget();
		}
	}

	/**
	 * Whatever goes wrong once, the next second is another try: a watch that has ended
	 * would show a past for ever.
	 */
	private void goOn(boolean due) throws InterruptedException {
		try {
			if (due) {
				look();
			}
			if (read() || due) {
				this.listener.accept(view());
			}
		}
		catch (InterruptException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			log.error("The group could not be looked at; trying again.", ex);
			TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
		}
	}

	/**
	 * Asks the cluster; what it does not answer stays as it was, with its time.
	 */
	private void look() throws InterruptedException {
		for (Mark mark = this.done.poll(); mark != null; mark = this.done.poll()) {
			if (mark.kind() == Mark.Kind.GROWN) {
				this.growing.put(mark.target(), mark);
			}
			else {
				this.history.add(mark);
			}
		}
		this.states = this.instances.get();
		if (!Cluster.reachable(this.options.bootstrapServer())) {
			away(State.AWAY, null);
			return;
		}
		try {
			if (this.cluster == null) {
				this.cluster = Cluster.connect(this.options);
			}
			GroupSnapshot now = withLastingNames(this.cluster.snapshot(this.source.group(),
					this.source.expectedTopic().stream().toArray(String[]::new)));
			if (this.looks++ % LOOKS_BETWEEN_TIMINGS == 0) {
				this.timings = this.cluster.timings(this.source.group());
			}
			follow(this.cluster, now);
			if (this.broker.state() != State.UP) {
				if (this.broker.at() != null) {
					this.history.say(now.at(), Level.OK, "event.broker-back", this.commands.brokers(),
							this.source.bootstrapServer());
				}
				this.broker = new Broker(now.at(), State.UP, now.at(), null);
			}
			this.broker = new Broker(now.at(), State.UP, this.broker.since(), null);
			compare(this.snapshot, now);
			this.snapshot = now;
		}
		catch (LabException ex) {
			// without a client: its settings are wrong
			boolean refused = ex.getCause() instanceof AuthenticationException
					|| ex.getCause() instanceof AuthorizationException || ex.getCause() != null && this.cluster == null;
			away(refused ? State.REFUSED : State.AWAY, ex.getMessage());
		}
		catch (KafkaException ex) {
			throwIfInterrupted(ex);
			away(State.AWAY, ex.getMessage());
		}
	}

	private void away(State state, @Nullable String problem) {
		Instant now = Instant.now();
		if (this.broker.state() == State.UP) {
			this.history.say(now, Level.BAD, "event.broker-away", this.commands.brokers(),
					this.source.bootstrapServer());
		}
		this.broker = new Broker(this.broker.at(), state, (this.broker.state() == state) ? this.broker.since() : now,
				problem);
	}

	/**
	 * Has the tail read what the group reads and what its members publish.
	 */
	private void follow(Cluster cluster, GroupSnapshot now) {
		if (!this.mayRead) {
			return;
		}
		Set<TopicPartition> tails = (now.partitions().size() > PARTITIONS_WITH_RECORDS) ? Set.of()
				: now.partitions().stream().map(GroupWatch::key).collect(Collectors.toSet());
		Set<TopicPartition> logs = new HashSet<>();
		for (String topic : List.of(handledTopic(), rebalancesTopic())) {
			if (cluster.partitionCount(topic).isPresent()) {
				logs.add(new TopicPartition(topic, 0));
			}
		}
		this.publishes = logs.contains(new TopicPartition(rebalancesTopic(), 0));
		if (this.tail == null) {
			this.tail = new Tail(Cluster.clientProperties(this.options), RECORDS);
		}
		this.tail.read(tails, logs, PAST);
	}

	private static TopicPartition key(GroupSnapshot.Partition partition) {
		return new TopicPartition(partition.topic(), partition.partition());
	}

	private String handledTopic() {
		return this.source.group() + "_handled";
	}

	private String rebalancesTopic() {
		return this.source.group() + "_rebalances";
	}

	/**
	 * Draws from two looks what happened in between.
	 */
	private void compare(@Nullable GroupSnapshot before, GroupSnapshot now) {
		this.history.state(now.at(), now.state());
		grown(before, now);
		members(before, now);
		silence(now);
		Map<String, Instant> unowned = new HashMap<>();
		now.partitions().stream().filter((partition) -> partition.owner() == null).forEach((partition) -> {
			Instant since = Optional.ofNullable(this.growing.get(partition.topic())).map(Mark::at).orElse(now.at());
			unowned.put(partition.name(), this.unownedSince.getOrDefault(partition.name(), since));
		});
		this.unownedSince.clear();
		this.unownedSince.putAll(unowned);
		Map<String, Long> lags = new LinkedHashMap<>();
		now.partitions()
			.stream()
			.filter((partition) -> partition.lag() != null)
			.sorted(Comparator.comparing(GroupSnapshot.Partition::lag, Comparator.reverseOrder()))
			.limit(LAG_PARTITIONS)
			.forEach((partition) -> lags.put(partition.name(), partition.lag()));
		now.partitions()
			.stream()
			.map(GroupSnapshot.Partition::lag)
			.filter(Objects::nonNull)
			.reduce(Long::sum)
			.ifPresent((total) -> lags.put("total", total));
		this.lag.put(now.at().getEpochSecond(), lags);
		this.lag.headMap(now.at().getEpochSecond() - LAG_SECONDS).clear();
		if (before != null) {
			long placed = Math.max(0, ends(now) - ends(before));
			double seconds = Math.max(1, Duration.between(before.at(), now.at()).toMillis()) / 1000.0;
			this.traffic = new GroupView.Traffic(this.traffic.placed() + placed,
					Math.round(10 * placed / seconds) / 10.0);
		}
		forgetDeleted(now);
	}

	private static long ends(GroupSnapshot snapshot) {
		return snapshot.partitions().stream().mapToLong(GroupSnapshot.Partition::end).sum();
	}

	/**
	 * A topic that was deleted and made anew begins with offset 0 again.
	 */
	private void forgetDeleted(GroupSnapshot now) {
		Map<TopicPartition, Long> ends = now.partitions()
			.stream()
			.collect(Collectors.toMap(GroupWatch::key, GroupSnapshot.Partition::end));
		this.records.keySet().removeIf((partition) -> !ends.containsKey(partition));
		this.handledBy.keySet().removeIf((partition) -> !ends.containsKey(partition));
		this.records.forEach((partition, known) -> {
			// one that came after the look is not a sign
			if (known.stream()
				.anyMatch((record) -> record.offset() >= ends.getOrDefault(partition, 0L)
						&& record.at().isBefore(now.at().minus(EVERY)))) {
				known.clear();
				Optional.ofNullable(this.handledBy.get(partition)).ifPresent(TreeMap::clear);
			}
		});
	}

	private void grown(@Nullable GroupSnapshot before, GroupSnapshot now) {
		if (before == null) {
			return;
		}
		Set<String> topics = before.partitions()
			.stream()
			.map(GroupSnapshot.Partition::topic)
			.collect(Collectors.toSet());
		Set<String> known = before.partitions().stream().map(GroupSnapshot.Partition::name).collect(Collectors.toSet());
		now.partitions()
			.stream()
			.filter((partition) -> topics.contains(partition.topic()) && !known.contains(partition.name()))
			.forEach((partition) -> {
				Mark here = this.growing.get(partition.topic());
				this.history.add((here != null) ? new Mark(here.at(), Mark.Kind.GROWN, partition.name(), true)
						: new Mark(now.at(), Mark.Kind.GROWN, partition.name(), false));
			});
		this.growing.values().removeIf((mark) -> mark.at().isBefore(now.at().minus(EVERY.multipliedBy(10))));
	}

	/**
	 * Who was shown under a name keeps it when another one of the same client.id comes or
	 * goes. Who publishes has the name that it publishes under.
	 */
	private GroupSnapshot withLastingNames(GroupSnapshot now) {
		Map<String, String> renamed = new HashMap<>();
		for (GroupSnapshot.Member member : now.members()) {
			if (!this.publishers.contains(member.clientId())) {
				renamed.put(member.name(), this.names.computeIfAbsent(member.memberId(), (id) -> member.name()));
			}
		}
		this.names.keySet().retainAll(now.members().stream().map(GroupSnapshot.Member::memberId).toList());
		return now.renamed(renamed);
	}

	/**
	 * What members do not publish themselves.
	 */
	private void members(@Nullable GroupSnapshot before, GroupSnapshot now) {
		Map<String, List<String>> old = lanes(before);
		Map<String, List<String>> lanes = lanes(now);
		old.forEach((lane, owned) -> {
			if (!lanes.containsKey(lane)) {
				this.history.add(new Change(now.at(), lane, Kind.GONE, owned, List.of(), null, Origin.INFERRED));
				this.publishers.remove(lane);
			}
		});
		lanes.forEach((lane, owned) -> {
			boolean differs = !owned.equals(old.get(lane));
			if (this.publishers.contains(lane)) {
				this.unheard.remove(lane);
			}
			else if (differs && this.publishes && !this.unheard.containsKey(lane)) {
				// it may be about to say so itself
				this.unheard.put(lane, new Unheard(now.at(), before == null));
			}
			else if (differs || this.unheard.containsKey(lane)) {
				Unheard unheard = Objects.requireNonNullElse(this.unheard.remove(lane),
						new Unheard(now.at(), before == null));
				this.history.add(new Change(unheard.since(), lane, unheard.found() ? Kind.FOUND : Kind.SEEN, owned,
						owned, null, Origin.INFERRED));
			}
		});
		this.unheard.keySet().retainAll(lanes.keySet());
	}

	/**
	 * What each owns, by the name that its changes are told under.
	 */
	private Map<String, List<String>> lanes(@Nullable GroupSnapshot snapshot) {
		Map<String, List<String>> lanes = new TreeMap<>();
		if (snapshot != null) {
			snapshot.members()
				.forEach((member) -> lanes.put(
						this.publishers.contains(member.clientId()) ? member.clientId() : member.name(),
						member.assigned()));
		}
		return lanes;
	}

	/**
	 * Members whose process sends no heartbeats: known of the lab's own processes alone.
	 */
	private void silence(GroupSnapshot now) {
		Map<String, Silence> before = Map.copyOf(this.silent);
		this.silent.clear();
		for (GroupSnapshot.Member member : now.members()) {
			InstanceState process = this.states.get(member.clientId());
			if (process == null || process.state() == InstanceState.State.RUNNING
					|| process.state() == InstanceState.State.ELSEWHERE) {
				continue;
			}
			boolean paused = process.state() == InstanceState.State.PAUSED;
			Mark.Kind kind = paused ? Mark.Kind.PAUSED : Mark.Kind.DIED;
			Silence known = before.get(member.name());
			if (known == null) {
				known = new Silence(this.history.last(kind, member.clientId(), now.at().minus(EVERY.multipliedBy(10)))
					.orElseGet(() -> {
						this.history.add(new Mark(now.at(), kind, member.clientId(), false));
						return now.at();
					}), paused);
			}
			this.silent.put(member.name(), known);
		}
	}

	/**
	 * Takes in what came into the topics.
	 * @return whether something came
	 */
	private boolean read() throws InterruptedException {
		if (this.tail == null || this.broker.state() != State.UP) {
			TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
			return false;
		}
		try {
			List<ConsumerRecord<byte[], byte[]>> read = this.tail.poll(PAUSE);
			read.forEach(this::take);
			if (!read.isEmpty()) {
				// what comes in the next moment is told together with it
				TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
				this.tail.poll(Duration.ZERO).forEach(this::take);
			}
			return !read.isEmpty();
		}
		catch (AuthorizationException ex) {
			// who may look at the group need not be allowed to read its topics
			this.mayRead = false;
			this.tail.close();
			this.tail = null;
			return false;
		}
		catch (KafkaException ex) {
			throwIfInterrupted(ex);
			return false;
		}
	}

	private void take(ConsumerRecord<byte[], byte[]> record) {
		if (record.topic().equals(rebalancesTopic())) {
			json(record).ifPresent(this::rebalanced);
		}
		else if (record.topic().equals(handledTopic())) {
			json(record).ifPresent(this::handled);
		}
		else {
			TopicPartition partition = new TopicPartition(record.topic(), record.partition());
			Deque<GroupView.Rec> known = this.records.computeIfAbsent(partition, (key) -> new ArrayDeque<>());
			boolean shown = this.source.local();
			known.add(new GroupView.Rec(record.offset(), Instant.ofEpochMilli(record.timestamp()),
					(shown && record.key() != null) ? cut(text(record.key())) : null, shown ? words(record) : null,
					Math.max(0, record.serializedValueSize()), null));
			if (known.size() > RECORDS) {
				known.removeFirst();
			}
		}
	}

	/**
	 * The order's message; all of a value that is no order.
	 */
	private static @Nullable String words(ConsumerRecord<byte[], byte[]> record) {
		if (record.value() == null) {
			return null;
		}
		return cut(json(record).map((order) -> order.path("message").asString(""))
			.filter((message) -> !message.isEmpty())
			.orElseGet(() -> text(record.value())));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static String cut(String text) {
		return (text.codePointCount(0, text.length()) <= LONGEST_TEXT) ? text
				: text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
	}

	private static Optional<JsonNode> json(ConsumerRecord<byte[], byte[]> record) {
		try {
			return (record.value() != null) ? Optional.of(Json.read(text(record.value()))).filter(JsonNode::isObject)
					: Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private void rebalanced(JsonNode event) {
		try {
			Kind kind = switch (event.path("type").asString("")) {
				case "PartitionsAssigned" -> Kind.ASSIGNED;
				case "PartitionsRevoked" -> Kind.REVOKED;
				case "PartitionsLost" -> Kind.LOST;
				default -> throw new IllegalArgumentException("unknown type");
			};
			Change change = new Change(Instant.parse(event.path("at").asString("")),
					event.path("instance").asString(""), kind, names(event.path("partitions")),
					names(event.path("owned")), event.path("epoch").asInt(-1), Origin.PUBLISHED);
			this.publishers.add(change.member());
			this.generation = change.epoch();
			this.history.add(change);
		}
		catch (RuntimeException ex) {
			// somebody else's record: the topic is open to all
		}
	}

	private static List<String> names(JsonNode names) {
		return names.valueStream().map(JsonNode::asString).sorted(PartitionName.ORDER).toList();
	}

	private void handled(JsonNode event) {
		String topic = this.source.topic();
		if (topic == null) {
			return;
		}
		try {
			String instance = event.path("instance").asString("");
			int partition = event.path("partition").asInt();
			long offset = event.path("offset").asLong();
			TreeMap<Long, String> by = this.handledBy.computeIfAbsent(new TopicPartition(topic, partition),
					(key) -> new TreeMap<>());
			by.put(offset, instance);
			if (by.size() > PAST) {
				by.pollFirstEntry();
			}
			long count = Optional.ofNullable(this.handled.get(instance)).map(GroupView.Handled::count).orElse(0L);
			this.handled.put(instance,
					new GroupView.Handled(count + 1, Instant.parse(event.path("handledAt").asString("")), partition,
							offset, this.source.local() ? cut(event.path("message").asString("")) : null));
		}
		catch (RuntimeException ex) {
			// somebody else's record: the topic is open to all
		}
	}

	private GroupView view() {
		Instant now = Instant.now();
		GroupSnapshot group = this.snapshot;
		Map<String, GroupView.Member> members = new LinkedHashMap<>();
		Map<String, GroupView.Partition> partitions = new LinkedHashMap<>();
		if (group != null) {
			group.members()
				.forEach((member) -> members.put(member.name(),
						new GroupView.Member(member.memberId(), member.clientId(), member.host(), member.epoch(),
								member.assigned(), member.target(), member.idle(), member.idle() ? why(group) : null,
								silentSince(member), this.handled.get(member.clientId()))));
			group.partitions()
				.forEach((partition) -> partitions.put(partition.name(),
						new GroupView.Partition(partition.topic(), partition.partition(), partition.leader(),
								partition.committed(), partition.end(), partition.lag(), partition.owner(),
								records(key(partition)))));
		}
		return new GroupView(now, this.source, this.broker, verdict(group), group(group), members, partitions,
				this.history.timeline(now), new TreeMap<>(this.lag), this.history.feed(), this.traffic, this.states);
	}

	private static GroupView.Sentence why(GroupSnapshot group) {
		return new GroupView.Sentence("board.idle-reason",
				List.of(String.valueOf(group.members().size()), String.valueOf(group.read().size())));
	}

	private @Nullable Instant silentSince(GroupSnapshot.Member member) {
		return Optional.ofNullable(this.silent.get(member.name())).map(Silence::since).orElse(null);
	}

	private GroupView.@Nullable Group group(@Nullable GroupSnapshot group) {
		if (group == null) {
			return null;
		}
		boolean classic = "Classic".equals(group.protocol());
		return new GroupView.Group(group.at(), group.state(), group.protocol(), group.assignor(), group.groupEpoch(),
				group.assignmentEpoch(), classic ? this.generation : null,
				classic ? null : this.timings.map(GroupTimings::heartbeatMs).orElse(null),
				classic ? null : this.timings.map(GroupTimings::sessionMs).orElse(null));
	}

	private Verdict verdict(@Nullable GroupSnapshot group) {
		if (this.broker.state() == State.REFUSED) {
			return Verdict.refused(String.valueOf(this.broker.problem()));
		}
		if (this.broker.state() == State.AWAY || group == null) {
			return Verdict.away(this.source.bootstrapServer());
		}
		return Verdict.of(group, this.source.expectedTopic(), this.timings,
				new Verdict.Memory(this.silent, this.unownedSince));
	}

	private @Nullable List<GroupView.Rec> records(TopicPartition partition) {
		Deque<GroupView.Rec> known = this.records.get(partition);
		if (known == null) {
			return null;
		}
		Map<Long, String> by = this.handledBy.getOrDefault(partition, new TreeMap<>());
		return known.stream()
			.map((record) -> new GroupView.Rec(record.offset(), record.at(), record.key(), record.text(),
					record.bytes(), by.get(record.offset())))
			.toList();
	}

	private static void throwIfInterrupted(KafkaException ex) throws InterruptedException {
		if (ex instanceof InterruptException || Thread.currentThread().isInterrupted()) {
			throw new InterruptedException();
		}
	}

	private void forget() {
		if (this.tail != null) {
			this.tail.close();
		}
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

}
