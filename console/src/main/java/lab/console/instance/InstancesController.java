package lab.console.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import lab.console.group.PossibleCause;
import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Lets the page start, stop, kill, pause and resume an instance, and delay a product.
 */
@RestController
@RequestMapping("/api/instances/{name}")
@RequiredArgsConstructor
public class InstancesController {

	private static final int SLOWEST = 5_000;

	private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(1);

	private final LabHome home;

	private final LabOptions options;

	private final ApplicationEventPublisher events;

	private final HandlingClient handling = new HandlingClient();

	private final Map<String, Lock> locks = new ConcurrentHashMap<>();

	/**
	 * A delay of each order that is asked for, in milliseconds.
	 */
	record Handling(int handlingMs) {
	}

	/**
	 * The delay of each order from now on, in milliseconds.
	 */
	record HandlingSet(String instance, int handlingMs) {
	}

	/**
	 * Does one action at a time on an instance, so that a double click starts it once.
	 */
	@PostMapping("/{action}")
	ActionDone act(@PathVariable String name, @PathVariable String action,
			@RequestParam(name = "lang", defaultValue = "en") Messages messages) throws InterruptedException {
		Instance instance = instance(name, messages);
		Action wanted = Stream.of(Action.values())
			.filter((value) -> value.toString().equals(action))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		Instant at = Instant.now();
		Lock lock = this.locks.computeIfAbsent(name, (key) -> new ReentrantLock());
		if (!lock.tryLock(LOCK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new LabException(messages.get("instance.busy", name, LOCK_TIMEOUT.toSeconds()));
		}
		try {
			new Instances(this.home, messages).act(wanted, instance, Instances.clientEnvironment(this.options));
		}
		finally {
			lock.unlock();
		}
		this.events.publishEvent(PossibleCause.here(at, wanted.cause(), name));
		return new ActionDone(instance, wanted);
	}

	@PostMapping("/handling")
	HandlingSet handle(@PathVariable String name, @RequestBody Handling time,
			@RequestParam(name = "lang", defaultValue = "en") Messages messages) throws InterruptedException {
		Instance instance = instance(name, messages);
		if (time.handlingMs < 0 || time.handlingMs > SLOWEST || !instance.isProduct()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					messages.get("request.handling", SLOWEST, time.handlingMs, name));
		}
		if (new Instances(this.home, messages).isPaused(instance)) {
			throw new LabException(messages.get("request.paused", name));
		}
		List<String> values = new ArrayList<>(delay(instance).map(String::valueOf).stream().toList());
		this.handling.setDelay(instance, time.handlingMs, messages);
		values.add(String.valueOf(time.handlingMs));
		this.events
			.publishEvent(new PossibleCause(Instant.now(), PossibleCause.Kind.SLOWED, name, true, List.copyOf(values)));
		return new HandlingSet(name, time.handlingMs);
	}

	/**
	 * The delay until now; empty where the product does not tell it in time.
	 */
	private Optional<Integer> delay(Instance product) {
		return this.handling.delay(product)
			.<Optional<Integer>>thenApply(Optional::of)
			.exceptionally((ex) -> Optional.empty())
			.join();
	}

	private static Instance instance(String name, Messages messages) {
		return Instance.named(name)
			.orElseThrow(
					() -> new ResponseStatusException(HttpStatus.NOT_FOUND, messages.get("instance.unknown", name)));
	}

}
