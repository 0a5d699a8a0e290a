package lab.bench;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.event.ConsumerStartingEvent;

/**
 * The product service itself, without its web server. Its classes are found by name: it
 * is a program, not a library.
 */
class SpringMember implements Member {

	private static final String PROGRAM = "lab.product.ProductApplication";

	private @Nullable ConfigurableApplicationContext context;

	/**
	 * What Spring itself needs to start is not part of it: joining begins with the
	 * listener container's thread.
	 */
	@Override
	public void join(MemberSettings settings, Consumer<Instant> joining) throws Exception {
		SpringApplication program = new SpringApplication(Class.forName(PROGRAM));
		AtomicReference<Instant> begun = new AtomicReference<>();
		program.setWebApplicationType(WebApplicationType.NONE);
		program.setRegisterShutdownHook(false);
		program.addListeners(
				(ApplicationListener<ConsumerStartingEvent>) (event) -> begun.compareAndSet(null, Instant.now()),
				(ApplicationListener<ApplicationReadyEvent>) (event) -> begun.compareAndSet(null, Instant.now()));
		this.context = program.run(settings.toArray());
		joining.accept(begun.get());
	}

	@Override
	public void leave() {
		if (this.context != null) {
			this.context.close();
			this.context = null;
		}
	}

}
