/**
 * Runs Kafka's own KRaft server in a JVM, for machines without Docker.
 * <p>
 * Read {@link lab.kafka.Broker} first, then {@link lab.kafka.BrokerProperties}.
 * {@link lab.kafka.Metrics} and {@link lab.kafka.JmxPort} make the broker observable.
 */
@NullMarked
package lab.kafka;

import org.jspecify.annotations.NullMarked;
