package lab.console;

import lab.console.board.Board;
import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import picocli.CommandLine;

/**
 * Starts the board and runs {@code lab status}, so that the class archive of {@code lab}
 * contains their classes. The argument is the bootstrap server.
 */
final class ArchiveTraining {

	private ArchiveTraining() {
	}

	public static void main(String[] args) {
		LabOptions options = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", args[0]);
		Messages messages = Messages.in(Language.EN);
		Board.start(LabHome.ofProcess(), options, WatchedGroup.lab(options), Ports.free(), messages);
		// says that there is no group yet, which is no failure here
		Lab.commandLine(messages).execute("status", "--bootstrap-server", args[0]);
		System.exit(0);
	}

}
