package lab.product;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.product.stock.Stock;
import lab.product.stock.StockUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The stock on each database that it can be on, without a broker.
 */
@ExtendWith(OutputCaptureExtension.class)
class StockTests {

	@TempDir
	private Path folder;

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (int i = this.open.size() - 1; i >= 0; i--) {
			this.open.get(i).close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sqlite", "postgresql" })
	void countsAnOrderOnceAlsoAfterARestart(String name) {
		Database database = database(name);
		UUID order = UUID.randomUUID();
		ConfigurableApplicationContext instance = start(database.settings());
		assertThat(take(instance, order)).isTrue();
		assertThat(take(instance, order)).isFalse();
		assertThat(take(instance, UUID.randomUUID())).isTrue();
		assertThat(amount(instance)).isEqualTo(98);
		instance.close();

		instance = start(database.settings());
		assertThat(take(instance, order)).isFalse();
		assertThat(amount(instance)).isEqualTo(98);
	}

	/**
	 * Both start on a new database at once, too.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "sqlite", "postgresql" })
	void ofTwoInstancesWithTheSameOrderAtOnceOneCountsIt(String name) throws Exception {
		Database database = database(name);
		List<ConfigurableApplicationContext> instances = startBoth(database.settings());
		List<UUID> orders = IntStream.range(0, 150).mapToObj((i) -> UUID.randomUUID()).toList();

		List<Long> taken = both(instances.stream()
			.<Callable<Long>>map((instance) -> () -> orders.stream().filter((order) -> take(instance, order)).count())
			.toList());

		assertThat(taken.get(0) + taken.get(1)).isEqualTo(orders.size());
		assertThat(amount(instances.get(0))).as("it may go below zero").isEqualTo(100 - orders.size());
	}

	/**
	 * The other instance is played: it makes each of the two tables in a transaction that
	 * ends when this instance waits for it.
	 */
	@Test
	void startsWhileAnotherInstanceMakesOneTableAfterTheOther() throws Exception {
		Database database = database("postgresql");
		String url = database.settings()[0].substring("--spring.datasource.url=".length());
		try (Connection ids = DriverManager.getConnection(url);
				Connection amounts = DriverManager.getConnection(url);
				Connection observer = DriverManager.getConnection(url)) {
			begin(ids, "create table handled_order (order_id varchar(36) primary key)");
			begin(amounts, "create table product_stock (product varchar(100) primary key, amount bigint not null)");
			CompletableFuture<ConfigurableApplicationContext> instance = CompletableFuture
				.supplyAsync(() -> start(database.settings()));
			await().until(() -> isAwaited(observer, "handled_order"));
			ids.commit();
			await().until(() -> isAwaited(observer, "product_stock"));
			amounts.commit();

			assertThat(take(instance.get(), UUID.randomUUID())).isTrue();
		}
	}

	private static void begin(Connection transaction, String statement) throws SQLException {
		transaction.setAutoCommit(false);
		transaction.createStatement().execute(statement);
	}

	private static boolean isAwaited(Connection observer, String table) {
		return JdbcClient.create(new SingleConnectionDataSource(observer, true))
			.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like ?")
			.param("%" + table + "%")
			.query(Integer.class)
			.single() > 0;
	}

	/**
	 * The table of the stock is away when the order's id is in already.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "sqlite", "postgresql" })
	void keepsNoIdOfAnOrderThatItCouldNotTake(String name) {
		ConfigurableApplicationContext instance = start(database(name).settings());
		JdbcClient jdbc = instance.getBean(JdbcClient.class);
		UUID order = UUID.randomUUID();
		jdbc.sql("alter table product_stock rename to elsewhere").update();
		assertThatExceptionOfType(StockUnavailableException.class).isThrownBy(() -> take(instance, order));

		jdbc.sql("alter table elsewhere rename to product_stock").update();
		assertThat(take(instance, order)).isTrue();
		assertThat(amount(instance)).isEqualTo(99);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sqlite", "postgresql" })
	void saysOnceThatTheDatabaseIsAwayAndOnceThatItIsBack(String name, CapturedOutput output) throws Exception {
		Database database = database(name);
		ConfigurableApplicationContext instance = start(database.settings());
		assertThat(take(instance, UUID.randomUUID())).isTrue();
		UUID order = UUID.randomUUID();

		database.goAway();
		for (int attempt = 1; attempt <= 2; attempt++) {
			assertThatExceptionOfType(StockUnavailableException.class).isThrownBy(() -> take(instance, order));
		}
		database.comeBack();
		// a connection may take longer than the pool waits for it
		await().atMost(Duration.ofMinutes(1))
			.ignoreException(StockUnavailableException.class)
			.until(() -> take(instance, order));
		assertThat(take(instance, order)).isFalse();
		assertThat(amount(instance)).isEqualTo(98);
		assertThat(output).containsOnlyOnce("The stock's database cannot be used (")
			.containsOnlyOnce("The stock's database is back.")
			.doesNotContain("\tat ");
	}

	/**
	 * The connections of the instance keep the file, in which nobody else would see what
	 * it counts.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void countsNothingInAFileThatIsRemovedOrReplaced(boolean replaced, CapturedOutput output) throws Exception {
		Path file = this.folder.resolve("stock.db");
		ConfigurableApplicationContext instance = start("--lab.stock.file=" + file, "--lab.stock.amount=100");
		assertThat(take(instance, UUID.randomUUID())).isTrue();
		for (String end : List.of("", "-wal", "-shm")) {
			Files.move(Path.of(file + end), this.folder.resolve("old.db" + end));
		}
		if (replaced) {
			start("--lab.stock.file=" + file, "--lab.stock.amount=100");
		}

		assertThatExceptionOfType(StockUnavailableException.class).isThrownBy(() -> take(instance, UUID.randomUUID()));
		assertThat(amount(instance)).isEqualTo(99);
		assertThat(output).contains("The stock's database cannot be used (" + file
				+ " has been removed or replaced: stop all products that use it, then start them again)");
	}

	@Test
	void saysInASentenceThatThereIsNoDatabaseAtTheStart(CapturedOutput output) throws Exception {
		Path file = Files.createFile(this.folder.resolve("no-folder"));
		for (String setting : List.of("--spring.datasource.url=jdbc:postgresql://localhost:1/stock",
				"--spring.datasource.url=jdbc:postgresql://no.such.host.invalid/stock",
				"--lab.stock.file=" + file.resolve("stock.db"), "--lab.stock.file=" + this.folder)) {
			assertThatException().as(setting).isThrownBy(() -> start(setting));
		}
		assertThat(output)
			.contains("The stock's database at jdbc:postgresql://localhost:1/stock cannot be used: "
					+ "Connection to localhost:1 refused.")
			.contains("The stock's database at jdbc:postgresql://no.such.host.invalid/stock cannot be used: ")
			.contains("cannot be used: the folder of " + file.resolve("stock.db") + " cannot be created")
			.contains("The stock's database at jdbc:sqlite:" + this.folder + "?")
			.doesNotContain("\tat ");
	}

	private Database database(String name) {
		Database database = Database.named(name, this.folder);
		this.open.add(database);
		return database;
	}

	/**
	 * Two instances whose contexts are refreshed at once. The second is prepared while
	 * the first waits, since the logging system that a start sets up is one for the whole
	 * JVM.
	 */
	private List<ConfigurableApplicationContext> startBoth(String... settings) throws Exception {
		CountDownLatch bothPrepared = new CountDownLatch(1);
		CompletableFuture<ConfigurableApplicationContext> second = new CompletableFuture<>();
		ConfigurableApplicationContext first = start((context) -> {
			second.completeAsync(() -> start((other) -> bothPrepared.countDown(), settings));
			await().atMost(Duration.ofMinutes(1)).until(() -> bothPrepared.getCount() == 0 || second.isDone());
		}, settings);
		return List.of(first, second.get());
	}

	private ConfigurableApplicationContext start(String... settings) {
		return start((context) -> {
		}, settings);
	}

	private ConfigurableApplicationContext start(
			ApplicationContextInitializer<ConfigurableApplicationContext> whenPrepared, String... settings) {
		ConfigurableApplicationContext instance = new SpringApplicationBuilder(OnlyStock.class)
			.initializers(whenPrepared)
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(Stream.concat(Stream.of("--spring.profiles.active=stock"), Stream.of(settings))
				.toArray(String[]::new));
		synchronized (this.open) {
			this.open.add(instance);
		}
		return instance;
	}

	private static boolean take(ConfigurableApplicationContext instance, UUID order) {
		return instance.getBean(Stock.class).take(order);
	}

	private static long amount(ConfigurableApplicationContext instance) {
		return instance.getBean(JdbcClient.class).sql("select amount from product_stock").query(Long.class).single();
	}

	private static <T> List<T> both(List<Callable<T>> calls) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(calls.size());
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> result : executor.invokeAll(calls)) {
				results.add(result.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan("lab.product.stock")
	@ConfigurationPropertiesScan("lab.product.stock")
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			JdbcClientAutoConfiguration.class })
	static class OnlyStock {

	}

}
