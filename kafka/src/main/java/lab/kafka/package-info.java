/**
 * Kafka's own KRaft server in a JVM, for machines without Docker.
 */
@NullMarked
package lab.kafka;

import org.jspecify.annotations.NullMarked;
