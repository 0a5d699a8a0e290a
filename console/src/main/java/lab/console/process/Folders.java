package lab.console.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Removes folders; Java has no call for it.
 */
public final class Folders {

	private Folders() {
	}

	/**
	 * Removes the folder and all that is in it; one that is not there is no mistake.
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
	 * Removes all that is in the folder but one, and the folder if that one is not there.
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
