/**
 * Accepts orders over HTTP and publishes each as an event.
 * <p>
 * Read {@link lab.order.OrderController}, {@link lab.order.Orders} and
 * {@link lab.order.OrderPlaced} first: this is the way of an order. Then
 * {@link lab.order.IdempotencyKey} and {@link lab.order.IdempotentOrders}, with which a
 * client can repeat it, {@link lab.order.PublishingConfiguration} and
 * {@link lab.order.KeyOrTurnPartitioner}, which choose its partition,
 * {@link lab.order.OrderedGrowth} and {@link lab.order.GroupOffsets}, which keep the
 * orders of a key in order when partitions are added, {@link lab.order.BrokerWatch},
 * which reports why orders cannot be placed, and {@link lab.order.Draining}, which takes
 * orders a little longer when the service ends. {@link lab.order.PlaceOrder},
 * {@link lab.order.PlacedOrder}, {@link lab.order.BodyLimit},
 * {@link lab.order.StrictStrings}, {@link lab.order.Problems} and
 * {@link lab.order.OrderNotPlacedException} are the HTTP contract;
 * {@link lab.order.OrderProperties} are the settings.
 */
@NullMarked
package lab.order;

import org.jspecify.annotations.NullMarked;
