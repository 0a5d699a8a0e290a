package lab.console.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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
	 * nothing is left.
	 */
	public static void deleteAllBut(Collection<Path> kept, Path folder) throws IOException {
		if (kept.stream().noneMatch(Files::exists)) {
			delete(folder);
			return;
		}
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.filter((file) -> !kept.contains(file)).toList()) {
				delete(file);
			}
		}
	}

}
