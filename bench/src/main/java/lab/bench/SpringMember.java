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
 * The product service without its web server. Its class is loaded by name, because
 * product1 is a program and cannot be a dependency.
 */
class SpringMember implements Member {

	private static final String PROGRAM = "lab.product.ProductApplication";

	private @Nullable ConfigurableApplicationContext context;

	/**
	 * Starts the service. Joining begins when the listener container starts its consumer,
	 * so that the start of Spring is not measured.
	 */
	@Override
	public void join(MemberSettings settings, Consumer<Instant> joining) throws Exception {
		SpringApplication program = new SpringApplication(Class.forName(PROGRAM));
		AtomicReference<Instant> began = new AtomicReference<>();
		program.setWebApplicationType(WebApplicationType.NONE);
		program.setRegisterShutdownHook(false);
		program.addListeners(
				(ApplicationListener<ConsumerStartingEvent>) (event) -> began.compareAndSet(null, Instant.now()),
				(ApplicationListener<ApplicationReadyEvent>) (event) -> began.compareAndSet(null, Instant.now()));
		this.context = program.run(settings.toArray());
		joining.accept(began.get());
	}

	@Override
	public void leave() {
		if (this.context != null) {
			this.context.close();
			this.context = null;
		}
	}

}
