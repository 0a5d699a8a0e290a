package lab.console.instance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.process.Ports;
import lab.console.terminal.LabHome;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The lab's processes as the page shows them, so that it can offer what can be done to
 * each. Cheap enough to be asked every second.
 */
@Component
public class LabInstances {

	/**
	 * How an instance is.
	 */
	public enum Status {

		RUNNING, PAUSED, STOPPED,

		/**
		 * It answers on its port, but not the lab started it: a terminal, say.
		 */
		ELSEWHERE

	}

	/**
	 * An instance of the lab.
	 *
	 * @param handlingMs how long an order takes it on top, where that is known
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record State(int port, Status state, @Nullable Integer handlingMs) {
	}

	private static final int ALWAYS_SHOWN = 2;

	private static final int MOST_PRODUCTS = 99;

	private final LabHome home;

	private final Instances instances;

	private final HandlingClient handling = new HandlingClient();

	private final Map<String, Integer> handlingMs = new ConcurrentHashMap<>();

	LabInstances(LabHome home) {
		this.home = home;
		this.instances = new Instances(home, Messages.in(Language.EN));
	}

	/**
	 * The brokers, order, product1, product2, every further product that runs, and one
	 * more that could be started.
	 */
	public Map<String, State> states() {
		Map<String, State> states = new LinkedHashMap<>();
		brokers().forEach((broker) -> states.put(broker.name(), state(broker)));
		states.put(Instance.ORDER.name(), state(Instance.ORDER));
		List<Instance> running = this.instances.running();
		boolean startable = false;
		for (int number = 1; number <= MOST_PRODUCTS; number++) {
			Instance product = Instance.product(number);
			if (number <= ALWAYS_SHOWN || running.contains(product)) {
				states.put(product.name(), state(product));
			}
			else if (!startable) {
				State state = state(product);
				states.put(product.name(), state);
				startable = state.state == Status.STOPPED;
			}
		}
		return states;
	}

	private List<Instance> brokers() {
		return this.home.bootstrapServers().contains(",") ? Instance.CLUSTER : List.of(Instance.KAFKA);
	}

	private State state(Instance instance) {
		Status status = status(instance);
		return new State(instance.port(), status, instance.isProduct() ? handlingMs(instance, status) : null);
	}

	private Status status(Instance instance) {
		if (this.instances.isPaused(instance)) {
			return Status.PAUSED;
		}
		if (this.instances.isRunning(instance)) {
			return Status.RUNNING;
		}
		return Ports.taken(instance.port()) ? Status.ELSEWHERE : Status.STOPPED;
	}

	/**
	 * What the product answered last; it is asked for the next time.
	 */
	private @Nullable Integer handlingMs(Instance product, Status status) {
		if (status == Status.STOPPED) {
			this.handlingMs.remove(product.name());
		}
		else if (status != Status.PAUSED) {
			this.handling.ask(product).thenAccept((answer) -> this.handlingMs.put(product.name(), answer));
		}
		return this.handlingMs.get(product.name());
	}

}
