package lab.console.compare.run;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import lab.console.process.LabHome;
import lab.console.terminal.Messages;

/**
 * Starts the processes that are members, and keeps them from one run to the next.
 * Thread-safe.
 */
public final class Hosts implements AutoCloseable {

	private final LabHome home;

	private final Path logs;

	private final Messages messages;

	private final Consumer<MemberHost> warmUp;

	private final Deque<MemberHost> idle = new ArrayDeque<>();

	private final List<MemberHost> all = new ArrayList<>();

	private boolean closed;

	/**
	 * @param warmUp called with each new process before it is used
	 */
	public Hosts(LabHome home, Messages messages, Consumer<MemberHost> warmUp) {
		this.home = home;
		this.logs = home.folder("compare").resolve("members");
		home.folder("compare/members");
		this.messages = messages;
		this.warmUp = warmUp;
	}

	/**
	 * Returns that many processes for the caller's exclusive use. Those that are missing
	 * are started, all at once.
	 */
	List<MemberHost> take(int count) {
		List<CompletableFuture<MemberHost>> taken = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			MemberHost host;
			synchronized (this) {
				host = this.idle.poll();
			}
			taken.add((host != null) ? CompletableFuture.completedFuture(host)
					: CompletableFuture.supplyAsync(this::start));
		}
		return taken.stream().map(CompletableFuture::join).toList();
	}

	private MemberHost start() {
		MemberHost host;
		synchronized (this) {
			if (this.closed) {
				throw new IllegalStateException("closed");
			}
			host = MemberHost.start(this.home, this.logs.resolve("member-%d.log".formatted(this.all.size() + 1)),
					this.messages);
			this.all.add(host);
		}
		host.awaitReady();
		this.warmUp.accept(host);
		return host;
	}

	/**
	 * Has the member leave its group and keeps its process for the next run. If it does
	 * not leave, the process is ended.
	 */
	void dismiss(MemberHost host) {
		try {
			host.leave();
			giveBack(host);
		}
		catch (VoidRunException ex) {
			host.close();
		}
	}

	/**
	 * Keeps the process, which is no member any more, for the next run.
	 */
	synchronized void giveBack(MemberHost host) {
		if (host.isAlive() && !this.closed) {
			this.idle.push(host);
		}
	}

	/**
	 * Ends all processes.
	 */
	@Override
	public void close() {
		List<MemberHost> left;
		synchronized (this) {
			this.closed = true;
			left = List.copyOf(this.all);
		}
		left.stream().map((host) -> CompletableFuture.runAsync(host::close)).toList().forEach(CompletableFuture::join);
	}

}
