package lab.console.group;

import java.time.Instant;
import java.util.Objects;

import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code lab scale} from the page.
 */
@RestController
@RequestMapping("/api/partitions")
@RequiredArgsConstructor
public class PartitionsController {

	private final LabOptions options;

	private final WatchedGroup source;

	private final ApplicationEventPublisher events;

	/**
	 * How many partitions the topic is to have.
	 */
	record Scale(int total) {
	}

	@PostMapping
	Scaled scale(@RequestBody Scale scale, @RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		if (scale.total < 1 || scale.total > Topics.MAX_PARTITIONS) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					messages.get("request.total", Topics.MAX_PARTITIONS, scale.total));
		}
		String topic = Objects.requireNonNull(this.source.topic());
		try (Cluster cluster = Cluster.connect(this.options, messages)) {
			// published first: the watch may see the partition before Kafka answers
			this.events.publishEvent(PossibleCause.here(Instant.now(), PossibleCause.Kind.GROWN, topic));
			return cluster.topics().grow(topic, scale.total);
		}
	}

}
