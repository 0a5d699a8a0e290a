package lab.console.chaos.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.chaos.ledger.HistoryLine.Commit;
import lab.console.chaos.ledger.HistoryLine.Deleted;
import lab.console.chaos.ledger.HistoryLine.Entry;
import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Lost;
import lab.console.chaos.ledger.HistoryLine.Repeat;
import lab.console.chaos.ledger.HistoryLine.Send;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.instance.Action;
import lab.console.instance.Protocol;

/**
 * Accounts for every order of a run.
 *
 * @param accounts in the order of sending
 * @param handlings in the order in which they were published
 * @param commits the changes of each partition's committed offset, in order
 */
public record Ledger(RunHistory history, List<Account> accounts, List<Handled> handlings,
		Map<Integer, List<Commit>> commits) {

	public static Ledger of(RunHistory history) {
		Map<Integer, List<Entry>> entries = history.all(Entry.class)
			.collect(Collectors.groupingBy(Entry::number, TreeMap::new, Collectors.toList()));
		Map<Integer, Long> deleted = history.all(Deleted.class)
			.collect(Collectors.toMap(Deleted::partition, Deleted::before, Math::max));
		Map<Integer, List<Repeat>> repeats = history.all(Repeat.class).collect(Collectors.groupingBy(Repeat::number));
		List<Handled> handlings = history.all(Handled.class).toList();
		Map<String, List<Handled>> byId = handlings.stream().collect(Collectors.groupingBy(Handled::orderId));
		List<Account> accounts = history.all(Send.class).map((send) -> {
			List<Entry> own = entries.getOrDefault(send.number(), List.of());
			return new Account(send, repeats.getOrDefault(send.number(), List.of()), own,
					own.stream()
						.map(Entry::orderId)
						.distinct()
						.flatMap((id) -> byId.getOrDefault(id, List.of()).stream())
						.toList(),
					!own.isEmpty() && own.stream()
						.allMatch((entry) -> entry.offset() < deleted.getOrDefault(entry.partition(), 0L)));
		}).toList();
		return new Ledger(history, accounts, handlings, history.all(Commit.class)
			.collect(Collectors.groupingBy(Commit::partition, TreeMap::new, Collectors.toList())));
	}

	/**
	 * How many orders had that outcome.
	 */
	public long count(SendOutcome outcome) {
		return this.accounts.stream().filter((account) -> account.send().outcome() == outcome).count();
	}

	/**
	 * How many orders are in the topic.
	 */
	public long recorded() {
		return this.accounts.stream().filter((account) -> !account.entries().isEmpty()).count();
	}

	/**
	 * How many orders were handled at least so often.
	 */
	public long handled(int times) {
		return this.accounts.stream().filter((account) -> account.handlings().size() >= times).count();
	}

	/**
	 * How many orders were deleted before a product had handled them.
	 */
	public long taken() {
		return this.accounts.stream().filter(Account::taken).count();
	}

	/**
	 * Whether the topic may have a record of an acknowledged order that was not read, or
	 * was not handled. A later reading may have it.
	 */
	public boolean mayBeEarly() {
		return this.accounts.stream()
			.anyMatch((account) -> account.unhandled() || account.acknowledged() && account.entries().isEmpty());
	}

	/**
	 * Returns the orders that an instance had received and not handled at that moment,
	 * and that were recorded by then.
	 */
	public List<Account> inHand(String instance, Instant at) {
		return this.accounts.stream()
			.filter((account) -> account.send().answered().isBefore(at) && !account.firstHandled().isBefore(at))
			.filter(shared() ? lockedBy(instance, at) : waitingFor(instance, at))
			.toList();
	}

	/**
	 * Whether an order waits in a partition of which the instance had handled the last
	 * order.
	 */
	private Predicate<Account> waitingFor(String instance, Instant at) {
		Map<Integer, Handled> last = new TreeMap<>();
		handledBefore(at).forEach((handling) -> last.put(handling.partition(), handling));
		return (account) -> account.entries()
			.stream()
			.map((entry) -> last.get(entry.partition()))
			.filter(Objects::nonNull)
			.anyMatch((handling) -> handling.instance().equals(instance));
	}

	/**
	 * Whether a member of a share group had the order. Each member has one order at a
	 * time, and they take those of a partition in turn. So the order was taken before
	 * another member handled a later one, and not by a member that has handled any since.
	 */
	private Predicate<Account> lockedBy(String instance, Instant at) {
		List<Handled> before = handledBefore(at).toList();
		Map<String, Instant> last = before.stream()
			.collect(
					Collectors.toMap(Handled::instance, Handled::at, (one, other) -> one.isAfter(other) ? one : other));
		return (account) -> last.containsKey(instance) && account.entries()
			.stream()
			.anyMatch((entry) -> before.stream()
				.filter((handling) -> handling.partition() == entry.partition() && handling.offset() > entry.offset())
				.map(Handled::at)
				.min(Comparator.naturalOrder())
				.filter((passed) -> last.entrySet()
					.stream()
					.allMatch((member) -> member.getKey().equals(instance) == member.getValue().isBefore(passed)))
				.isPresent());
	}

	private Stream<Handled> handledBefore(Instant at) {
		return this.handlings.stream().filter((handling) -> handling.at().isBefore(at));
	}

	/**
	 * Whether the products were members of a share group.
	 */
	public boolean shared() {
		return this.history.begin().protocol().equals(Protocol.SHARE.toString());
	}

	/**
	 * How many orders of a share group were delivered again: those that another member
	 * handled after one that was killed or paused had them in hand, and those that were
	 * handled more than once.
	 */
	public long redelivered() {
		Set<Integer> again = this.accounts.stream()
			.filter((account) -> account.handlings().size() > 1)
			.map((account) -> account.send().number())
			.collect(Collectors.toCollection(TreeSet::new));
		Stream.of(Action.KILL, Action.PAUSE)
			.flatMap((action) -> strikes(action.toString()).stream())
			.forEach((strike) -> inHand(strike.target(), strike.at()).stream()
				.filter((account) -> account.handlings()
					.stream()
					.anyMatch((handling) -> !handling.instance().equals(strike.target())))
				.forEach((account) -> again.add(account.send().number())));
		return again.size();
	}

	/**
	 * Returns the sends between two moments that were not acknowledged.
	 */
	public Stream<Send> failedSends(Instant from, Instant to) {
		return this.accounts.stream()
			.map(Account::send)
			.filter((send) -> send.outcome() != SendOutcome.ACKNOWLEDGED)
			.filter((send) -> !send.answered().isBefore(from) && !send.at().isAfter(to));
	}

	/**
	 * Returns how often the product found that its partitions had been taken away.
	 */
	public List<Lost> losses(String product) {
		return this.history.all(Lost.class)
			.filter((lost) -> lost.instance().equals(product) && !lost.partitions().isEmpty())
			.toList();
	}

	/**
	 * Whether the product has found since that moment that its partitions had been taken
	 * away.
	 */
	public boolean hasLost(String product, Instant since) {
		return losses(product).stream().anyMatch((lost) -> lost.at().isAfter(since));
	}

	/**
	 * Returns what was done, in order.
	 */
	public List<Strike> strikes(String action) {
		return this.history.all(Strike.class).filter((strike) -> strike.action().equals(action)).toList();
	}

}
