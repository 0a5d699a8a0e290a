package lab.console.instance;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import lab.console.group.PossibleCause;
import lab.console.instance.InstanceCommand.Action;
import lab.console.instance.InstanceCommand.Done;
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
 * What {@code lab start}, {@code stop}, {@code kill}, {@code pause} and {@code resume}
 * do, from the page, and how slow a product is.
 */
@RestController
@RequestMapping("/api/instances/{name}")
@RequiredArgsConstructor
class InstancesController {

	private static final int SLOWEST = 60_000;

	private final LabHome home;

	private final LabOptions options;

	private final ApplicationEventPublisher events;

	private final HandlingClient handling = new HandlingClient();

	private final Map<String, Object> locks = new ConcurrentHashMap<>();

	/**
	 * How long an order is to take a product on top.
	 */
	record Handling(int handlingMs) {
	}

	/**
	 * How long it takes that product from now on.
	 */
	record HandlingSet(String instance, int handlingMs) {
	}

	/**
	 * One action at a time on an instance: who clicks twice starts it once.
	 */
	@PostMapping("/{action}")
	Done act(@PathVariable String name, @PathVariable String action,
			@RequestParam(name = "lang", defaultValue = "en") Messages messages) throws InterruptedException {
		Instance instance = instance(name, messages);
		Action wanted = Stream.of(Action.values())
			.filter((value) -> value.name().toLowerCase(Locale.ROOT).equals(action))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		Instant at = Instant.now();
		synchronized (this.locks.computeIfAbsent(name, (key) -> new Object())) {
			new Instances(this.home, messages).act(wanted, instance, Instances.clientEnvironment(this.options));
		}
		this.events.publishEvent(PossibleCause.here(at, wanted.mark(), name));
		return Done.of(instance, wanted);
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
		this.handling.tell(instance, time.handlingMs, messages);
		this.events.publishEvent(PossibleCause.here(Instant.now(), PossibleCause.Kind.SLOWED, name));
		return new HandlingSet(name, time.handlingMs);
	}

	private static Instance instance(String name, Messages messages) {
		return Instance.named(name)
			.orElseThrow(
					() -> new ResponseStatusException(HttpStatus.NOT_FOUND, messages.get("instance.unknown", name)));
	}

}
