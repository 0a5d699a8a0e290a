/**
 * What happened to each order of a run, and which promises were broken. Needs no broker:
 * {@link lab.console.chaos.ledger.RunHistory} is read from a file,
 * {@link lab.console.chaos.ledger.Ledger} accounts for its orders, and
 * {@link lab.console.chaos.ledger.Promise} finds the violations.
 */
@NullMarked
package lab.console.chaos.ledger;

import org.jspecify.annotations.NullMarked;
