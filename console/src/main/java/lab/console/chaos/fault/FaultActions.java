package lab.console.chaos.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import lab.console.chaos.ledger.RepeatWay;
import lab.console.instance.Action;
import lab.console.instance.Protocol;

/**
 * What a {@link Fault} can do to the lab.
 */
public interface FaultActions {

	/** The broker's name. */
	String BROKER = "kafka";

	/** A second process that joins as one of the products. */
	String TWIN = "product99";

	/** The order service's name. */
	String ORDER = "order";

	/**
	 * Does that to the program of that name and returns when it is done; a program that
	 * is started is then ready.
	 */
	void act(Action action, String target) throws InterruptedException;

	/**
	 * Makes a product take 5 s for each order, sends so many orders at once, beside the
	 * even load, and waits until the topics show that it has one in hand that it has not
	 * handled.
	 */
	void load(String product, int orders) throws InterruptedException;

	/**
	 * Makes a product take 5 s longer for each order, the longest time that it accepts.
	 */
	void slow(String product) throws InterruptedException;

	/**
	 * Makes a product as fast as it was before {@link #slow} or {@link #load}.
	 */
	void speedUp(String product) throws InterruptedException;

	/**
	 * Starts a second process with the {@code group.instance.id} of a product, and waits
	 * until the product says that it is fenced.
	 */
	void twin(String product) throws InterruptedException;

	/**
	 * Writes to the broker's disk until it is full, and waits until the broker has ended
	 * by itself.
	 */
	void fillDisk() throws InterruptedException;

	/**
	 * Makes space on the disk again.
	 */
	void freeDisk();

	/**
	 * Breaks the network between the services and the broker.
	 */
	void breakNetwork(NetworkPhase phase);

	/**
	 * Makes the network whole again.
	 */
	void mendNetwork();

	/**
	 * Returns the names of the brokers, whether or not they run.
	 */
	List<String> brokers();

	/**
	 * Returns a broker that leads a partition of the topic.
	 */
	String leadingBroker();

	/**
	 * Waits until other brokers lead the partitions that it led.
	 */
	void awaitOtherLeaders(String broker) throws InterruptedException;

	/**
	 * Sends so many orders at once, beside the even load.
	 */
	void burst(int orders);

	/**
	 * Sends an order that can be sent again, and does not wait for its answer.
	 * @param leave whether to close the connection before the answer
	 */
	RepeatableOrder order(boolean leave);

	/**
	 * Sends an order again, and does not wait for its answer.
	 */
	void repeat(RepeatableOrder order, RepeatWay way);

	/**
	 * Sends an order again until it is acknowledged, or for a minute.
	 */
	void resolve(RepeatableOrder order, RepeatWay way) throws InterruptedException;

	/**
	 * Writes a record that is no order to any partition of the topic.
	 */
	void poison(PoisonKind kind) throws InterruptedException;

	/**
	 * Deletes the orders that are in the topic now, handled or not, as retention does.
	 */
	void deleteRecords() throws InterruptedException;

	/**
	 * Adds a partition to the topic.
	 */
	void grow() throws InterruptedException;

	/**
	 * Lets time pass under load.
	 */
	void pass(Duration time) throws InterruptedException;

	/**
	 * Waits until the group no longer has a member of that name.
	 */
	void awaitLeft(String product) throws InterruptedException;

	/**
	 * Waits until the group has removed a product that was a member at that moment, also
	 * if it has joined again meanwhile.
	 */
	void awaitRemoved(String product, Instant since) throws InterruptedException;

	/**
	 * Starts one more product.
	 */
	void join() throws InterruptedException;

	/**
	 * Returns one of the products that run.
	 */
	String anyProduct();

	/**
	 * Returns the names of the products that run.
	 */
	List<String> products();

	/**
	 * The protocol of the products.
	 */
	Protocol protocol();

	/**
	 * Source of all that is random; the seed repeats it.
	 */
	Random random();

}
