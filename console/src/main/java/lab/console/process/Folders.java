package lab.console.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Deletes folders with their contents.
 */
public final class Folders {

	private Folders() {
	}

	/**
	 * Deletes the folder with its contents, if it exists.
	 */
	public static void delete(Path folder) throws IOException {
		if (Files.exists(folder)) {
			try (Stream<Path> files = Files.walk(folder)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.deleteIfExists(file);
				}
			}
		}
	}

	/**
	 * Deletes the contents of the folder except {@code kept}, and the folder itself if
	 * {@code kept} does not exist.
	 */
	public static void deleteAllBut(Path kept, Path folder) throws IOException {
		if (!Files.exists(kept)) {
			delete(folder);
			return;
		}
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.filter((file) -> !file.equals(kept)).toList()) {
				delete(file);
			}
		}
	}

}
