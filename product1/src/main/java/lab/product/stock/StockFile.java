package lab.product.stock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The file of the database, if it is SQLite's. The connections keep a file that was
 * removed or replaced, and count orders in it that nobody else sees, until they are
 * closed and it is gone.
 */
final class StockFile {

	private static final String SQLITE = "jdbc:sqlite:";

	/** Null if the database is not in a file. */
	private final @Nullable Path path;

	/** Identifies the file, not its name; null where the file system has no such key. */
	private final @Nullable Object key;

	private StockFile(@Nullable Path path, @Nullable Object key) {
		this.path = path;
		this.key = key;
	}

	/**
	 * Returns the file that the database has now.
	 * @param url of the database, which exists
	 */
	static StockFile of(String url) {
		Path path = url.startsWith(SQLITE) ? Path.of(url.substring(SQLITE.length()).replaceFirst("\\?.*", "")) : null;
		return new StockFile(path, (path != null) ? key(path) : null);
	}

	/**
	 * @throws DataAccessResourceFailureException if it has been removed or replaced
	 */
	void requireUnchanged() {
		if (this.path != null && !Objects.equals(key(this.path), this.key)) {
			throw new DataAccessResourceFailureException(
					this.path + " has been removed or replaced: stop all products that use it, then start them again");
		}
	}

	private static @Nullable Object key(Path path) {
		try {
			return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
		}
		catch (IOException ex) {
			return ex.getClass();
		}
	}

}
