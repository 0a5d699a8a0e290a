package lab.console.instance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import lab.console.instance.InstanceState.State;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The states of the lab's instances, as the board shows them every second.
 */
@Component
public class LabInstances implements Supplier<Map<String, InstanceState>> {

	private static final int ALWAYS_SHOWN = 2;

	private static final int MOST_PRODUCTS = 99;

	private final LabHome home;

	private final Instances instances;

	private final HandlingClient handling = new HandlingClient();

	private final Map<String, Integer> handlingMs = new ConcurrentHashMap<>();

	public LabInstances(LabHome home) {
		this.home = home;
		this.instances = new Instances(home, Messages.in(Language.EN));
	}

	/**
	 * The states of the brokers, order, product1, product2, every further product that
	 * runs, and one more that can be started, by name.
	 */
	@Override
	public Map<String, InstanceState> get() {
		Map<String, InstanceState> states = new LinkedHashMap<>();
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
				InstanceState state = state(product);
				states.put(product.name(), state);
				startable = state.state() == State.STOPPED;
			}
		}
		return states;
	}

	private List<Instance> brokers() {
		return this.home.bootstrapServers().contains(",") ? Instance.CLUSTER : List.of(Instance.KAFKA);
	}

	private InstanceState state(Instance instance) {
		State status = status(instance);
		return new InstanceState(instance.port(), status, instance.isProduct() ? handlingMs(instance, status) : null);
	}

	private State status(Instance instance) {
		if (this.instances.isPaused(instance)) {
			return State.PAUSED;
		}
		if (this.instances.isRunning(instance)) {
			return State.RUNNING;
		}
		return Ports.taken(instance.port()) ? State.ELSEWHERE : State.STOPPED;
	}

	/**
	 * The product's last answer. This call asks it again and does not wait.
	 */
	private @Nullable Integer handlingMs(Instance product, State status) {
		if (status == State.STOPPED) {
			this.handlingMs.remove(product.name());
		}
		else if (status != State.PAUSED) {
			this.handling.delay(product).thenAccept((answer) -> this.handlingMs.put(product.name(), answer));
		}
		return this.handlingMs.get(product.name());
	}

}
