package lab.console.chaos.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.chaos.ledger.HistoryLine.Entry;
import lab.console.chaos.ledger.HistoryLine.DeadLettered;
import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Poison;
import lab.console.chaos.ledger.HistoryLine.StockLevel;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.HistoryLine.Usage;
import lab.console.instance.Action;
import lab.console.terminal.EnumOption;

/**
 * What the lab promises of orders and of the group. Its name in tables is
 * {@link #code()}; its sentence is the message {@code chaos.promise.CODE}.
 */
public enum Promise {

	/**
	 * What a sender is told of an order is so: acknowledged is recorded once and where
	 * the answer says, refused is not recorded, and what is unknown is recorded at most
	 * once.
	 */
	ANSWERED {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			return ledger.accounts()
				.stream()
				.filter((account) -> !account.recordedAsAnswered())
				.map((account) -> Violation.of(code(),
						account.acknowledged() && account.entries().isEmpty() ? "acknowledged-lost" : "not-as-answered",
						account, account.send().number(), account.entries().size()));
		}

	},

	/**
	 * An order that is sent again with its {@code Idempotency-Key} is the same order, and
	 * its outcome becomes known: it has one id, however many records, and is recorded in
	 * the end. Until then, nothing says that it is not.
	 */
	SAME_ORDER {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			return ledger.accounts()
				.stream()
				.filter((account) -> !account.repeats().isEmpty())
				.flatMap((account) -> broken(account)
					.map((violation) -> Violation.of(code(), violation, account, account.send().number())));
		}

		private Stream<String> broken(Account account) {
			if (!account.hasOneId()) {
				return Stream.of("other-id");
			}
			if (account.wronglyRefused()) {
				return Stream.of("wrongly-refused");
			}
			return (account.isResolved() && !account.entries().isEmpty()) ? Stream.empty() : Stream.of("not-resolved");
		}

	},

	/**
	 * If the order service is told to end, every order that had reached it is answered.
	 * An order whose connection was refused had not.
	 */
	DRAINED {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			List<Instant> ends = ledger.strikes(Action.STOP.toString())
				.stream()
				.filter((strike) -> strike.target().equals(ORDER))
				.map(Strike::at)
				.toList();
			return ledger.accounts()
				.stream()
				.filter((account) -> account.send().outcome() == SendOutcome.UNKNOWN && account.send().status() == 0)
				.filter((account) -> ends.stream()
					.anyMatch((end) -> account.send().at().isBefore(end) && account.send().answered().isAfter(end)))
				.map((account) -> Violation.of(code(), "not-answered", account, account.send().number()));
		}

	},

	/**
	 * Every order that is in the topic is handled, unless it was deleted before.
	 */
	HANDLED {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			return ledger.accounts()
				.stream()
				.filter(Account::unhandled)
				.map((account) -> Violation.of(code(), "never-handled", account, account.send().number()));
		}

	},

	/**
	 * No order is handled twice.
	 */
	ONCE {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			return ledger.accounts()
				.stream()
				.filter((account) -> account.handlings().size() > 1)
				.map((account) -> Violation.of(code(), "handled-again", account, account.send().number(),
						account.handlings().size()));
		}

	},

	/**
	 * Orders of one key are handled for the first time in the order of their records.
	 */
	KEY_ORDER {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			Map<String, List<Account>> byKey = ledger.accounts()
				.stream()
				.filter((account) -> !account.entries().isEmpty() && !account.handlings().isEmpty())
				.collect(Collectors.groupingBy((account) -> account.send().key() + " " + partition(account),
						TreeMap::new, Collectors.toList()));
			Map<String, Integer> turns = firstTurns(ledger);
			return byKey.values().stream().flatMap((accounts) -> {
				List<Account> recorded = accounts.stream()
					.sorted(Comparator.comparingLong((account) -> account.entries().get(0).offset()))
					.toList();
				List<Violation> violations = new ArrayList<>();
				for (int i = 1; i < recorded.size(); i++) {
					Account before = recorded.get(i - 1);
					Account after = recorded.get(i);
					if (turns.getOrDefault(id(after), 0) < turns.getOrDefault(id(before), 0)) {
						violations.add(Violation.of(code(), "out-of-order", before, before.send().number(),
								after.send().number(), after.send().key()));
					}
				}
				return violations.stream();
			});
		}

		private static int partition(Account account) {
			return account.entries().get(0).partition();
		}

		private static String id(Account account) {
			return account.entries().get(0).orderId();
		}

		/**
		 * Returns for each order how many events had been published when it was handled
		 * for the first time.
		 */
		private static Map<String, Integer> firstTurns(Ledger ledger) {
			Map<String, Integer> turns = new HashMap<>();
			List<Handled> handlings = ledger.handlings();
			for (int i = 0; i < handlings.size(); i++) {
				turns.putIfAbsent(handlings.get(i).orderId(), i);
			}
			return turns;
		}

	},

	/**
	 * The group's committed offsets never go back, and never pass an order that was not
	 * handled yet, unless it was deleted.
	 */
	COMMITS {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			List<Violation> violations = new ArrayList<>();
			ledger.commits().forEach((partition, commits) -> {
				for (int i = 1; i < commits.size(); i++) {
					if (commits.get(i).offset() < commits.get(i - 1).offset()) {
						violations.add(Violation.of(code(), "commit-back", partition, commits.get(i - 1).offset(),
								commits.get(i).offset()));
					}
				}
			});
			for (Account account : ledger.accounts().stream().filter((account) -> !account.taken()).toList()) {
				Instant handled = account.firstHandled();
				for (Entry entry : account.entries()) {
					ledger.commits()
						.getOrDefault(entry.partition(), List.of())
						.stream()
						.filter((commit) -> commit.offset() > entry.offset() && commit.at().isBefore(handled))
						.findFirst()
						.map((commit) -> Violation.of(code(), "commit-early", account, account.send().number(),
								commit.partition(), commit.offset()))
						.ifPresent(violations::add);
				}
			}
			return violations.stream();
		}

	},

	/**
	 * The effect of an order counts once. With {@link OnceProfile#STOCK}, the stock
	 * counts each order that was handled, and goes down by one for it. With
	 * {@link OnceProfile#EXACTLY_ONCE}, there is one event for each record.
	 */
	EFFECT_ONCE {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			OnceProfile profile = ledger.history().begin().profile();
			if (profile == null) {
				return Stream.of();
			}
			return (profile == OnceProfile.STOCK) ? Stream.concat(countedAgain(ledger), wrongLevel(ledger))
					: eventsAgain(ledger);
		}

		private Stream<Violation> eventsAgain(Ledger ledger) {
			return ledger.accounts()
				.stream()
				.filter((account) -> account.handlings()
					.stream()
					.map((handling) -> handling.partition() + " " + handling.offset())
					.distinct()
					.count() < account.handlings().size())
				.map((account) -> Violation.of(code(), "event-again", account, account.send().number(),
						account.handlings().size()));
		}

		private Stream<Violation> countedAgain(Ledger ledger) {
			return ledger.accounts()
				.stream()
				.filter((account) -> account.handlings()
					.stream()
					.filter((handling) -> !Boolean.TRUE.equals(handling.repeated()))
					.count() > 1)
				.map((account) -> Violation.of(code(), "counted-again", account, account.send().number()));
		}

		private Stream<Violation> wrongLevel(Ledger ledger) {
			List<StockLevel> levels = ledger.history().all(StockLevel.class).toList();
			StockLevel first = levels.get(0);
			StockLevel last = levels.get(levels.size() - 1);
			long orders = ledger.handlings().stream().map(Handled::orderId).distinct().count();
			long counted = last.orders() - first.orders();
			long taken = first.amount() - last.amount();
			return (counted == orders && taken == orders) ? Stream.of()
					: Stream.of(Violation.of(code(), "wrong-stock", orders, counted, taken));
		}

	},

	/**
	 * A product that was too slow leaves the group once, not again and again.
	 */
	EVICTED_ONCE {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			return ledger.strikes(Strike.SLOW)
				.stream()
				.map(Strike::target)
				.distinct()
				.filter((product) -> ledger.losses(product).size() > 1)
				.map((product) -> Violation.of(code(), "evicted-again", product, ledger.losses(product).size()));
		}

	},

	/**
	 * Each record that is no order is in the dead letter topic once, with its cause, and
	 * nothing else is.
	 */
	DEAD_LETTERED {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			Map<String, List<DeadLettered>> letters = ledger.history()
				.all(DeadLettered.class)
				.collect(Collectors.groupingBy((letter) -> letter.partition() + "-" + letter.offset(), TreeMap::new,
						Collectors.toList()));
			List<Violation> violations = new ArrayList<>();
			ledger.history().all(Poison.class).forEach((poison) -> {
				List<DeadLettered> own = letters.remove(poison.partition() + "-" + poison.offset());
				if (own == null || own.size() > 1) {
					violations.add(Violation.of(code(), "dead-letters", poison.kind(), poison.partition(),
							poison.offset(), (own != null) ? own.size() : 0));
				}
				else if (own.get(0).cause() == null) {
					violations
						.add(Violation.of(code(), "no-cause", poison.kind(), poison.partition(), poison.offset()));
				}
			});
			letters.keySet().forEach((record) -> violations.add(Violation.of(code(), "no-poison", record)));
			return violations.stream();
		}

	},

	/**
	 * Order and the products never use more memory, threads and descriptors than they
	 * may.
	 */
	BOUNDED {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			Map<String, List<Usage>> byInstance = ledger.history()
				.all(Usage.class)
				.collect(Collectors.groupingBy(Usage::instance, TreeMap::new, Collectors.toList()));
			return byInstance.entrySet().stream().flatMap((instance) -> {
				List<Usage> usages = instance.getValue();
				boolean server = instance.getKey().equals(ORDER);
				return Stream
					.of(violation(instance.getKey(), "memory", usages, Usage::memory, MAX_MEMORY),
							violation(instance.getKey(), "threads", usages, Usage::threads,
									server ? MAX_THREADS + MAX_REQUESTS : MAX_THREADS),
							violation(instance.getKey(), "descriptors", usages, Usage::descriptors,
									server ? MAX_DESCRIPTORS + MAX_REQUESTS : MAX_DESCRIPTORS))
					.flatMap(Optional::stream);
			});
		}

		private Optional<Violation> violation(String instance, String what, List<Usage> usages,
				ToLongFunction<Usage> amount, long bound) {
			long most = usages.stream().mapToLong(amount).max().orElse(0);
			return (most > bound) ? Optional.of(Violation.of(code(), "over-bound", instance, what, most, bound))
					: Optional.empty();
		}

	},

	/**
	 * In the end the group is stable, and each partition has one owner.
	 */
	SETTLED {

		@Override
		public Stream<Violation> violations(Ledger ledger) {
			return ledger.history().end().settled() ? Stream.of()
					: Stream.of(Violation.of(code(), "not-settled", ledger.history().end().owners()));
		}

	};

	/**
	 * The resident memory of a service, in MiB: its heap has 256 at most.
	 */
	private static final long MAX_MEMORY = 512;

	private static final long MAX_THREADS = 200;

	private static final long MAX_DESCRIPTORS = 500;

	private static final String ORDER = "order";

	/**
	 * Order has a thread and a socket more for each request at a time, of which it
	 * accepts so many ({@code server.tomcat.threads.max}).
	 */
	private static final long MAX_REQUESTS = 1000;

	/**
	 * Returns the violations of the promise.
	 */
	public abstract Stream<Violation> violations(Ledger ledger);

	/**
	 * The name in tables, as {@code key-order}.
	 */
	public String code() {
		return EnumOption.name(this);
	}

}
