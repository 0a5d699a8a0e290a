package lab.console;

import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import picocli.CommandLine;

/**
 * The command line, for the tests of commands in other packages.
 */
public final class LabUnderTest {

	private LabUnderTest() {
	}

	public static CommandLine commandLine(Language language) {
		return Lab.commandLine(Messages.in(language));
	}

}
