package lab.console.group;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * All groups of the cluster, for the page to choose from. However many pages ask, the
 * cluster is asked once in two seconds; where no page asks, it is not asked at all.
 */
@RestController
@RequestMapping("/api/groups")
@RequiredArgsConstructor
public class GroupsController implements AutoCloseable {

	private static final Duration VALID = Duration.ofSeconds(2);

	private final LabOptions options;

	/** By the language of their exceptions. */
	private final Map<Messages, Cluster> clusters = new HashMap<>();

	private GroupList last = new GroupList(Instant.MIN, List.of());

	/**
	 * @param at when they were described
	 */
	record GroupList(Instant at, List<ListedGroup> groups) {
	}

	@GetMapping
	synchronized GroupList groups(@RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		if (this.last.at.isAfter(Instant.now().minus(VALID))) {
			return this.last;
		}
		Cluster cluster = this.clusters.computeIfAbsent(messages,
				(language) -> Cluster.connect(this.options, language));
		try {
			this.last = new GroupList(Instant.now(), cluster.snapshots().stream().map(ListedGroup::of).toList());
			return this.last;
		}
		catch (LabException ex) {
			// says at once, the next time, where nothing listens any more
			this.clusters.remove(messages).close();
			throw ex;
		}
	}

	@Override
	public synchronized void close() {
		this.clusters.values().forEach(Cluster::close);
	}

}
