package lab.console.chaos.fault;

import java.util.concurrent.CompletableFuture;

import lab.console.chaos.ledger.HistoryLine.Send;

/**
 * An order that was sent with an {@code Idempotency-Key}.
 *
 * @param key of its customer
 * @param sent when its outcome is known
 */
public record RepeatableOrder(int number, String key, CompletableFuture<Send> sent) {
}
