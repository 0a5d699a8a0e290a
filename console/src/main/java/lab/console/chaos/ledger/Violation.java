package lab.console.chaos.ledger;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A promise was not kept.
 *
 * @param promise its name, as in {@code chaos.promise.NAME}
 * @param key of the sentence that says how, {@code chaos.violation.KEY}
 * @param values of the sentence
 * @param account the order that it concerns; null where it concerns none alone
 */
public record Violation(String promise, String key, List<Object> values, @Nullable Account account) {

	static Violation of(String promise, String key, Account account, Object... values) {
		return new Violation(promise, key, List.of(values), account);
	}

	static Violation of(String promise, String key, Object... values) {
		return new Violation(promise, key, List.of(values), null);
	}

	public Optional<Account> order() {
		return Optional.ofNullable(this.account);
	}

}
