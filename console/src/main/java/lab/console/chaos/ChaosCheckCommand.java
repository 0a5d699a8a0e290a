package lab.console.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import lab.console.chaos.ledger.RunHistory;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code lab chaos check FILE}: accounts for the orders of an earlier run, without a
 * broker.
 */
@Command(name = "check")
class ChaosCheckCommand implements Callable<Integer> {

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(paramLabel = "FILE", arity = "1..*", descriptionKey = "chaos.check.file")
	private List<Path> files = List.of();

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		LedgerReport report = new LedgerReport(this.options.json(), messages);
		boolean kept = true;
		for (Path file : this.files) {
			kept &= report.add(RunHistory.read(file, messages), file);
		}
		report.print();
		return kept ? 0 : 1;
	}

}
