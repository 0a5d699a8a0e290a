package lab.console.chaos.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import lab.console.chaos.ledger.HistoryLine.Begin;
import lab.console.chaos.ledger.HistoryLine.End;
import lab.console.chaos.ledger.HistoryLine.StockLevel;
import lab.console.instance.Protocol;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import tools.jackson.core.JacksonException;

/**
 * Everything that is known of a run. A file has one line of JSON for each line of the
 * history.
 *
 * @param lines the first is a {@link Begin}, the last an {@link End}; with the profile
 * stock, at least one is a {@link StockLevel}
 */
public record RunHistory(List<HistoryLine> lines) {

	/**
	 * @throws IllegalArgumentException if the first line or the last one is missing, or
	 * there are several of them
	 */
	public RunHistory {
		lines = List.copyOf(lines);
		if (lines.size() < 2 || !(lines.get(0) instanceof Begin) || !(lines.get(lines.size() - 1) instanceof End)) {
			throw new IllegalArgumentException("a history has a first and a last line");
		}
		if (lines.stream().filter((line) -> line instanceof Begin || line instanceof End).count() > 2) {
			throw new IllegalArgumentException("these are several histories");
		}
		if (((Begin) lines.get(0)).profile() == OnceProfile.STOCK
				&& lines.stream().noneMatch(StockLevel.class::isInstance)) {
			throw new IllegalArgumentException("the history does not have the stock");
		}
	}

	/**
	 * Reads a file.
	 * @throws LabException if it cannot be read, is not a history, is cut short, or lacks
	 * or contradicts what a run always has
	 */
	public static RunHistory read(Path file, Messages messages) {
		List<HistoryLine> lines = new ArrayList<>();
		try {
			for (String line : Files.readAllLines(file)) {
				lines.add(Json.read(line, HistoryLine.class));
			}
			return checked(new RunHistory(lines), file, messages);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("chaos.unreadable", file), ex);
		}
		catch (JacksonException ex) {
			throw new LabException(messages.get("chaos.no-history", file, lines.size() + 1), ex);
		}
		catch (IllegalArgumentException ex) {
			throw new LabException(messages.get("chaos.cut-short", file), ex);
		}
	}

	private static RunHistory checked(RunHistory history, Path file, Messages messages) {
		Contradiction.in(history.lines()).ifPresent((found) -> {
			String sentence = messages.get("chaos.contradiction." + found.key(), found.values().toArray());
			throw new LabException(messages.get("chaos.contradiction", file, found.line(), sentence));
		});
		Protocol.named(history.begin().protocol(), messages);
		return history;
	}

	/**
	 * Writes it to a file.
	 * @throws LabException if it cannot be written
	 */
	public void write(Path file, Messages messages) {
		try {
			Files.write(file, this.lines.stream().map(Json::line).toList());
		}
		catch (IOException ex) {
			throw new LabException(messages.get("chaos.unwritable", file), ex);
		}
	}

	public Begin begin() {
		return (Begin) this.lines.get(0);
	}

	public End end() {
		return (End) this.lines.get(this.lines.size() - 1);
	}

	/**
	 * Returns the lines of one kind, in their order.
	 */
	public <T extends HistoryLine> Stream<T> all(Class<T> kind) {
		return this.lines.stream().filter(kind::isInstance).map(kind::cast);
	}

}
