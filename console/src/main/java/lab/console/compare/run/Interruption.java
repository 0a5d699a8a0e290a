package lab.console.compare.run;

import java.util.concurrent.CountDownLatch;

/**
 * Has Ctrl-C interrupt the thread that made this, and lets it put everything in order
 * before the process ends.
 */
public final class Interruption implements AutoCloseable {

	private final CountDownLatch inOrder = new CountDownLatch(1);

	private final Thread hook;

	public Interruption() {
		Thread thread = Thread.currentThread();
		this.hook = new Thread(() -> {
			thread.interrupt();
			try {
				this.inOrder.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "interruption");
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	@Override
	public void close() {
		this.inOrder.countDown();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// it is the hook that waits for this
		}
	}

}
