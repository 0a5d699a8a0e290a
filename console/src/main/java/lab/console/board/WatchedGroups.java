package lab.console.board;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import lab.console.group.PossibleCause;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState;
import lab.console.rail.Rails;
import lab.console.terminal.LabOptions;
import lab.console.watch.GroupWatch;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * The groups that are watched: the board's own group as long as the board runs, and each
 * other group of the cluster, read-only, as long as a page shows it and for a while
 * afterwards, so that a page that comes back finds what happened meanwhile. Safe for use
 * by several threads.
 */
@Component
class WatchedGroups implements AutoCloseable {

	/**
	 * Each watched group has a thread and connections to the cluster, and asks it once a
	 * second.
	 */
	static final int MAX_OTHERS = 10;

	static final Duration KEPT = Duration.ofMinutes(5);

	private final LabOptions options;

	private final WatchedGroup own;

	private final Supplier<Map<String, InstanceState>> instances;

	private final Rails rails;

	private final Map<String, Watched> byGroup = new HashMap<>();

	private boolean closed;

	/**
	 * @param own the board's own group, which is watched from now on, unless the board
	 * starts with the list of groups
	 * @param instances the lab's own processes
	 * @param rails are shown each view of the own group
	 */
	WatchedGroups(LabOptions options, WatchedGroup own, Supplier<Map<String, InstanceState>> instances, Rails rails,
			StartPage start) {
		this.options = options;
		this.own = own;
		this.instances = instances;
		this.rails = rails;
		if (start == StartPage.GROUP) {
			this.byGroup.put(own.group(), watch(own.group(), true));
		}
	}

	private static final class Watched {

		final Frames frames;

		final GroupWatch watch;

		/** Whether it is watched although no page shows it. */
		final boolean always;

		int viewers;

		Instant lastSeen = Instant.now();

		Watched(Frames frames, GroupWatch watch, boolean always) {
			this.frames = frames;
			this.watch = watch;
			this.always = always;
		}

	}

	/**
	 * A page shows the group, until {@link #leave}.
	 * @param group null for the board's own
	 * @throws ResponseStatusException if too many groups are watched
	 */
	synchronized Frames show(@Nullable String group) {
		String name = name(group);
		Watched watched = this.byGroup.get(name);
		if (watched == null) {
			if (this.closed || this.byGroup.values().stream().filter((one) -> !one.always).count() >= MAX_OTHERS) {
				throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
						"Too many groups are shown. Close one of the pages, or wait %d minutes."
							.formatted(KEPT.toMinutes()));
			}
			watched = watch(name, false);
			this.byGroup.put(name, watched);
		}
		watched.viewers++;
		return watched.frames;
	}

	/**
	 * A page does not show the group any more.
	 */
	synchronized void leave(@Nullable String group) {
		Watched watched = this.byGroup.get(name(group));
		if (watched != null) {
			watched.viewers--;
			watched.lastSeen = Instant.now();
		}
	}

	/**
	 * The frames of a group that is watched.
	 */
	synchronized Optional<Frames> frames(@Nullable String group) {
		return Optional.ofNullable(this.byGroup.get(name(group))).map((watched) -> watched.frames);
	}

	private String name(@Nullable String group) {
		return (group != null) ? group : this.own.group();
	}

	private Watched watch(String group, boolean always) {
		boolean own = group.equals(this.own.group());
		Frames frames = new Frames();
		GroupWatch watch = own
				? new GroupWatch(this.options, this.own, this.own.local() ? this.instances : Map::of, (view) -> {
					frames.add(view);
					this.rails.look(view);
				}) : new GroupWatch(this.options, new WatchedGroup(this.own.bootstrapServer(), group, null, false),
						Map::of, frames::add);
		watch.start();
		return new Watched(frames, watch, always);
	}

	/**
	 * Something was done in the lab that may cause a rebalance of its group.
	 */
	@EventListener
	synchronized void done(PossibleCause cause) {
		Watched watched = this.byGroup.get(this.own.group());
		if (watched != null) {
			watched.watch.done(cause);
		}
	}

	@Scheduled(fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
	void forgetUnseen() throws InterruptedException {
		forgetUnseen(Instant.now());
	}

	/**
	 * Stops watching the groups that no page has shown for a while.
	 */
	synchronized void forgetUnseen(Instant now) throws InterruptedException {
		for (Iterator<Watched> all = this.byGroup.values().iterator(); all.hasNext();) {
			Watched watched = all.next();
			if (!watched.always && watched.viewers == 0 && watched.lastSeen.isBefore(now.minus(KEPT))) {
				all.remove();
				watched.watch.close();
			}
		}
	}

	/**
	 * Ends the streams before the server stops, which waits for open requests.
	 */
	@EventListener(ContextClosedEvent.class)
	synchronized void closeStreams() {
		this.closed = true;
		this.byGroup.values().forEach((watched) -> watched.frames.close());
	}

	@Override
	public synchronized void close() throws InterruptedException {
		for (Watched watched : this.byGroup.values()) {
			watched.watch.close();
		}
	}

}
