package lab.product.stock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.sql.DataSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.ApplicationDataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.autoconfigure.init.SqlInitializationProperties;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the tables of the stock when an instance starts.
 */
@Configuration(proxyBeanMethods = false)
@Profile("stock")
@EnableConfigurationProperties(SqlInitializationProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
class StockDatabase {

	/**
	 * Replaces Boot's initializer, which has one attempt, and with it the
	 * auto-configuration that would import what is above.
	 */
	@Bean
	ApplicationDataSourceScriptDatabaseInitializer schema(DataSource database, SqlInitializationProperties settings,
			JdbcConnectionDetails connection, StockProperties stock) {
		return new Schema(database, settings, connection.getJdbcUrl(), stock);
	}

	@Bean
	@DependsOnDatabaseInitialization
	StockFile file(JdbcConnectionDetails connection) {
		return StockFile.of(connection.getJdbcUrl());
	}

	private static final class Schema extends ApplicationDataSourceScriptDatabaseInitializer {

		private final String url;

		private final StockProperties stock;

		private Schema(DataSource database, SqlInitializationProperties settings, String url, StockProperties stock) {
			super(database, settings);
			this.url = url;
			this.stock = stock;
		}

		/**
		 * Runs the script up to three times: of two instances that start at once,
		 * PostgreSQL fails the one that creates a table second, even with
		 * {@code if not exists}. The next time the table is there. The script has two
		 * tables, and each can fail once.
		 */
		@Override
		public boolean initializeDatabase() {
			if (this.url.startsWith("jdbc:sqlite:")) {
				createFolder(this.stock.file());
			}
			boolean initialized = runScript(3);
			JdbcClient.create(getDataSource())
				.sql("insert into product_stock (product, amount) values (?, ?) on conflict do nothing")
				.params(this.stock.product(), this.stock.amount())
				.update();
			return initialized;
		}

		private boolean runScript(int attempts) {
			try {
				return super.initializeDatabase();
			}
			catch (DataAccessException ex) {
				if (attempts == 1) {
					throw ex;
				}
				return runScript(attempts - 1);
			}
		}

		private static void createFolder(String file) {
			try {
				Path folder = Path.of(file).toAbsolutePath().getParent();
				if (folder != null) {
					Files.createDirectories(folder);
				}
			}
			catch (IOException ex) {
				throw new DataAccessResourceFailureException("the folder of " + file + " cannot be created", ex);
			}
		}

	}

}
