package lab.console.chaos.fault;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.OnceProfile;
import lab.console.chaos.ledger.Promise;
import lab.console.chaos.ledger.RepeatWay;
import lab.console.instance.Action;
import lab.console.instance.Protocol;
import lab.console.terminal.EnumOption;
import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;
import org.jspecify.annotations.Nullable;

/**
 * A way to break the lab while orders come in, with the promises that must hold all the
 * same. Faults that need the same kind of lab are next to each other, so that their runs
 * share it. To add one, add a constant here and its sentence, {@code chaos.fault.NAME},
 * to the messages.
 */
public enum Fault {

	/**
	 * A product is killed with orders in hand, and started again when another has its
	 * partitions.
	 */
	KILL(ProductFaults::kill, Evidence.ordersInHand(Action.KILL)),

	/**
	 * A product is suspended past its session, another takes its partitions over, and it
	 * is resumed.
	 */
	PAUSE(ProductFaults::pause, Evidence.ordersInHand(Action.PAUSE)),

	/**
	 * A product is stopped under load, and started again.
	 */
	STOP(ProductFaults::stop, Evidence.ordersInHand(Action.STOP)),

	/**
	 * The order service is stopped while requests are in flight, and started again.
	 */
	STOP_ORDER(ServerFaults::stopOrder, Evidence.failedSends(Action.STOP)),

	/**
	 * The order service is killed while requests are in flight, and started again.
	 */
	KILL_ORDER(ServerFaults::killOrder, Evidence.failedSends(Action.KILL)),

	/**
	 * Orders are sent again with their {@code Idempotency-Key}, in each
	 * {@link RepeatWay}.
	 */
	REPEAT(RepeatedOrders::send, Evidence.repeatedInEachWay()),

	/**
	 * The broker is killed, and started again.
	 */
	KILL_BROKER(ServerFaults::killBroker, Evidence.failedSends(Action.KILL)),

	/**
	 * The broker is stopped, and started again.
	 */
	RESTART_BROKER(ServerFaults::restartBroker, Evidence.failedSends(Action.STOP)),

	/**
	 * The broker is suspended for ten seconds.
	 */
	FREEZE_BROKER(ServerFaults::freezeBroker, Evidence.failedSends(Action.PAUSE)),

	/**
	 * Records that are no orders are written among the orders, one of each
	 * {@link PoisonKind}.
	 */
	POISON(ProductFaults::poison, Evidence.poisonAmongOrders()),

	/**
	 * Orders are deleted before they are read, as by retention.
	 */
	DELETE_RECORDS(ProductFaults::deleteRecords, (ledger) -> ledger.taken() > 0),

	/**
	 * A second process joins with the {@code group.instance.id} of a product.
	 */
	TWIN(ProductFaults::twin, (ledger) -> !ledger.strikes(Strike.FENCED).isEmpty()),

	/**
	 * Ten times, at random: a product joins, is stopped or is killed, or the topic grows.
	 */
	CHURN(ProductFaults::churn, Evidence.strikes(ProductFaults.CHANGES)),

	/**
	 * A product takes so long for its orders that it does not poll in time, and leaves
	 * the group; then it is as fast as before. In a share group, an order takes longer
	 * than its lock.
	 */
	SLOW_HANDLER(ProductFaults::slowHandler, Evidence.tooSlow(ProductFaults.LOCK),
			Map.of("SPRING_KAFKA_CONSUMER_PROPERTIES_MAX_POLL_INTERVAL_MS", "10000"),
			new BrokerSetup(BrokerSetup.Topology.ONE,
					Map.of("group.share.min.record.lock.duration.ms", String.valueOf(ProductFaults.LOCK.toMillis()),
							"group.share.record.lock.duration.ms", String.valueOf(ProductFaults.LOCK.toMillis())))),

	/**
	 * The broker's disk becomes full, and has space again.
	 */
	DISK_FULL(ServerFaults::fillDisk, Evidence.brokerEnded(), BrokerSetup.Topology.SMALL_DISK),

	/**
	 * The network between the services and the broker is broken, in each
	 * {@link NetworkPhase}.
	 */
	NETWORK(NetworkFaults::breakInEachWay, Evidence.brokenNetwork(), BrokerSetup.Topology.PROXY),

	/**
	 * Of three brokers, one that leads a partition is killed and started again.
	 */
	ONE_OF_THREE(ClusterFaults::killOne, Evidence.otherLeaders(), BrokerSetup.Topology.THREE),

	/**
	 * Of three brokers, two are killed and started again.
	 */
	TWO_OF_THREE(ClusterFaults::killTwo, Evidence.failedSendsMeanwhile(), BrokerSetup.Topology.THREE);

	private final FaultScript script;

	private final Predicate<Ledger> evidence;

	private final Map<String, String> ofProducts;

	private final BrokerSetup brokers;

	Fault(FaultScript script, Predicate<Ledger> evidence) {
		this(script, evidence, Map.of(), BrokerSetup.USUAL);
	}

	Fault(FaultScript script, Predicate<Ledger> evidence, BrokerSetup.Topology brokers) {
		this(script, evidence, Map.of(), new BrokerSetup(brokers, Map.of()));
	}

	/**
	 * @param evidence whether the ledger shows that the fault had an effect
	 * @param ofProducts variables of the products' environment
	 */
	Fault(FaultScript script, Predicate<Ledger> evidence, Map<String, String> ofProducts, BrokerSetup brokers) {
		this.script = script;
		this.evidence = evidence;
		this.ofProducts = ofProducts;
		this.brokers = brokers;
	}

	/**
	 * What is done to the lab.
	 */
	private interface FaultScript {

		void perform(FaultActions actions) throws InterruptedException;

	}

	/**
	 * The fault of that name.
	 * @throws OptionException that lists the faults, if there is none of that name
	 */
	public static Fault named(String name, Messages messages) {
		return EnumOption.named(name, values(), "chaos.fault-unknown", messages);
	}

	/**
	 * Whether it can be caused under the protocol: only static members have a
	 * {@code group.instance.id}.
	 */
	public boolean appliesTo(Protocol protocol) {
		return this != TWIN || protocol == Protocol.STATIC;
	}

	/**
	 * The variables of the products' environment that it needs.
	 */
	public Map<String, String> ofProducts() {
		return this.ofProducts;
	}

	/**
	 * The brokers that it needs.
	 */
	public BrokerSetup brokers() {
		return this.brokers;
	}

	/**
	 * Breaks something, and mends it.
	 */
	public void perform(FaultActions actions) throws InterruptedException {
		this.script.perform(actions);
	}

	/**
	 * Whether the ledger shows that something was interrupted. Without that, a run proves
	 * nothing.
	 */
	public boolean hadEffect(Ledger ledger) {
		return this.evidence.test(ledger);
	}

	/**
	 * The promises that must hold. Orders may be handled twice where a member cannot
	 * commit what it has handled. An effect counts once with a profile for that. A share
	 * group has neither an order of its records nor committed offsets.
	 */
	public Set<Promise> promises(boolean shared, @Nullable OnceProfile profile) {
		Set<Promise> promises = EnumSet.allOf(Promise.class);
		if (shared || this != STOP && this != STOP_ORDER && this != KILL_ORDER) {
			promises.remove(Promise.ONCE);
		}
		if (profile == null) {
			promises.remove(Promise.EFFECT_ONCE);
		}
		if (shared) {
			promises.removeAll(EnumSet.of(Promise.KEY_ORDER, Promise.COMMITS));
		}
		return promises;
	}

	/**
	 * The name on the command line, as {@code kill-broker}.
	 */
	public String code() {
		return EnumOption.name(this);
	}

}
