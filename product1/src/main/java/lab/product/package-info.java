/**
 * The product service: a member of the group {@code product} that handles orders.
 * <p>
 * Read in this order: {@link lab.product.Orders} receives an
 * {@link lab.product.OrderPlaced}, handles it and publishes an
 * {@link lab.product.OrderHandled} through {@link lab.product.Events}. The offset is
 * committed once the broker has the event, for which {@link lab.product.EventsInFlight}
 * waits. A record that cannot be handled goes to {@link lab.product.DeadLetters}.
 * {@link lab.product.Consumption} configures how records are read and retried. An order
 * can be delivered again; with the profile {@code stock}, {@link lab.product.stock.Stock}
 * counts it once in a database, and with {@code exactly-once}
 * {@link lab.product.ExactlyOnce} has its event in Kafka once.
 * <p>
 * The other subpackages are for the group: {@code membership} reports whether Kafka is
 * there and the group accepts this instance, {@code assignment} what it owns,
 * {@code share} has the variant for share groups. They use this package; it uses none of
 * them.
 */
@NullMarked
package lab.product;

import org.jspecify.annotations.NullMarked;
