package lab.console.process;

import java.nio.file.Path;

/**
 * The Java virtual machine that this process runs on.
 */
public final class Jvm {

	private Jvm() {
	}

	/**
	 * The path of its {@code java} command.
	 */
	public static String executable() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

}
