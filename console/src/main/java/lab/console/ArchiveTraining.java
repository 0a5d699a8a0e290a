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
 * Loads the classes of the {@code lab} command that its class archive is made from: those
 * of the board, which is the largest part of {@code lab up}, and those of a command that
 * describes the group. Its argument is the broker to look at.
 */
final class ArchiveTraining {

	private ArchiveTraining() {
	}

	public static void main(String[] args) {
		LabOptions options = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", args[0]);
		Messages messages = Messages.in(Language.EN);
		Board.start(LabHome.ofProcess(), options, WatchedGroup.lab(options), Ports.free(), messages);
		System.exit(Lab.commandLine(messages).execute("status", "--bootstrap-server", args[0]));
	}

}
