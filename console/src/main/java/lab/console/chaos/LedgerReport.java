package lab.console.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.chaos.ledger.Account;
import lab.console.chaos.ledger.RunHistory;
import lab.console.chaos.ledger.HistoryLine.Begin;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.OnceProfile;
import lab.console.chaos.ledger.SendOutcome;
import lab.console.chaos.ledger.Violation;
import lab.console.chaos.fault.Fault;
import lab.console.chaos.run.RunPlan;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import org.jspecify.annotations.Nullable;

/**
 * Prints a table with a line for each run, sums, and the story of each order for which a
 * promise was broken; or a line of JSON for each run.
 */
final class LedgerReport {

	/**
	 * How many violations of a run are told.
	 */
	private static final int TOLD = 10;

	private final boolean json;

	private final Messages messages;

	private final Table table;

	private final List<LedgerRow> rows = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	private final List<String> stories = new ArrayList<>();

	LedgerReport(boolean json, Messages messages) {
		this.json = json;
		this.messages = messages;
		this.table = new Table("FAULT", "PROTOCOL", "SEED", "SENT", "ACKNOWLEDGED", "REFUSED", "UNKNOWN", "RECORDED",
				"HANDLED", "AGAIN", "TAKEN", "VERDICT");
	}

	/**
	 * The line of a run without a history.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record NoHistoryRow(String fault, String protocol, @Nullable OnceProfile profile, long seed, String verdict,
			String reason) {
	}

	/**
	 * Adds a run.
	 * @return whether the fault was effective and every promise was kept
	 */
	boolean add(RunHistory history, Path file) {
		Ledger ledger = Ledger.of(history);
		Begin begin = history.begin();
		Fault fault = Fault.named(begin.fault(), this.messages);
		List<Violation> violations = fault.promises(ledger.shared(), begin.profile())
			.stream()
			.flatMap((promise) -> promise.violations(ledger))
			.toList();
		String verdict = !violations.isEmpty() ? "broken" : fault.hadEffect(ledger) ? "kept" : "void";
		Map<String, Integer> broken = new TreeMap<>();
		violations.forEach((violation) -> broken.merge(violation.promise(), 1, Integer::sum));
		LedgerRow row = new LedgerRow(fault.code(), begin.protocol(), begin.profile(), begin.seed(),
				ledger.accounts().size(), ledger.count(SendOutcome.ACKNOWLEDGED), ledger.count(SendOutcome.REFUSED),
				ledger.count(SendOutcome.UNKNOWN), ledger.recorded(), ledger.handled(1), ledger.handled(2),
				ledger.shared() ? ledger.redelivered() : null, ledger.taken(), verdict, broken, file.toString());
		if (this.json) {
			System.out.println(Json.line(row));
		}
		else {
			this.table.row(row.fault(), protocol(row.protocol(), row.profile()), row.seed(), row.sent(),
					row.acknowledged(), row.refused(), row.unknown(), row.recorded(), row.handled(), row.again(),
					row.taken(), this.messages.get("chaos.verdict." + verdict));
			if (row.redelivered() != null) {
				this.notes.add(this.messages.get("chaos.redelivered", row.fault(), row.seed(), row.redelivered(),
						row.again()));
			}
			tell(violations, history, file);
		}
		this.rows.add(row);
		return row.kept();
	}

	/**
	 * Adds a run that cannot be done on this machine.
	 * @param reason a sentence
	 */
	void addNotPossible(RunPlan plan, String reason) {
		addWithoutHistory(plan, "not-possible", reason,
				this.messages.get("chaos.not-possible", plan.fault().code(), reason));
	}

	/**
	 * Adds a run that came to no end.
	 * @param reason a sentence
	 */
	void addFailed(RunPlan plan, String reason) {
		addWithoutHistory(plan, "failed", reason,
				this.messages.get("chaos.failed", plan.fault().code(), String.valueOf(plan.seed()), reason));
	}

	private void addWithoutHistory(RunPlan plan, String verdict, String reason, String note) {
		if (this.json) {
			System.out.println(Json.line(new NoHistoryRow(plan.fault().code(), plan.protocol().toString(),
					plan.profile(), plan.seed(), verdict, reason)));
			return;
		}
		this.table.row(plan.fault().code(), protocol(plan.protocol().toString(), plan.profile()), plan.seed(), "-", "-",
				"-", "-", "-", "-", "-", "-", this.messages.get("chaos.verdict." + verdict));
		if (!this.notes.contains(note)) {
			this.notes.add(note);
		}
	}

	private static String protocol(String protocol, @Nullable OnceProfile profile) {
		return (profile != null) ? protocol + "," + profile : protocol;
	}

	private void tell(List<Violation> violations, RunHistory history, Path file) {
		violations.stream().limit(TOLD).forEach((violation) -> {
			this.stories.add("");
			this.stories.add(this.messages.get("chaos.promise." + violation.promise()));
			this.stories
				.add("  " + this.messages.get("chaos.violation." + violation.key(), violation.values().toArray()));
			violation.order()
				.ifPresent((account) -> story(account, history).forEach((line) -> this.stories.add("    " + line)));
		});
		if (violations.size() > TOLD) {
			this.stories.add("");
			this.stories.add(this.messages.get("chaos.more", violations.size() - TOLD, file));
		}
	}

	private record StoryLine(Instant at, String text) {
	}

	/**
	 * Returns what happened to the order and what was done meanwhile, with seconds since
	 * the run began.
	 */
	private List<String> story(Account account, RunHistory history) {
		List<StoryLine> moments = new ArrayList<>();
		moments.add(new StoryLine(account.send().at(),
				this.messages.get("chaos.story.sent", account.send().number(), account.send().key())));
		moments.add(new StoryLine(account.send().answered(), this.messages
			.get("chaos.story." + account.send().outcome().name().toLowerCase(Locale.ROOT), account.send().status())));
		account.repeats()
			.forEach((repeat) -> moments.add(new StoryLine(repeat.at(), this.messages.get("chaos.story.repeat",
					repeat.way().name().toLowerCase(Locale.ROOT).replace('_', ' '), repeat.status()))));
		account.entries()
			.forEach((entry) -> moments.add(new StoryLine(account.send().answered(),
					this.messages.get("chaos.story.recorded", entry.partition(), entry.offset(), entry.orderId()))));
		account.handlings()
			.forEach((handling) -> moments
				.add(new StoryLine(handling.at(), this.messages.get("chaos.story.handled", handling.instance()))));
		Instant begin = history.begin().at();
		Stream<StoryLine> strikes = history.all(Strike.class)
			.map((strike) -> new StoryLine(strike.at(),
					this.messages.get("chaos.story.strike", strike.action(), strike.target())));
		return Stream.concat(moments.stream(), strikes)
			.sorted(Comparator.comparing(StoryLine::at))
			.map((moment) -> "%8.3f s  %s".formatted(Duration.between(begin, moment.at()).toMillis() / 1000.0,
					moment.text()))
			.toList();
	}

	/**
	 * Prints the table, the sums of faults that were caused several times, and the
	 * stories, if there was a run.
	 */
	void print() {
		if (!this.json && this.table.lines().size() > 1) {
			this.table.print(System.out);
			if (this.rows.stream().map(LedgerRow::fault).distinct().count() < this.rows.size()) {
				System.out.println();
				LedgerSums.lines(this.rows).forEach(System.out::println);
			}
			this.notes.forEach(System.out::println);
			this.stories.forEach(System.out::println);
		}
	}

}
