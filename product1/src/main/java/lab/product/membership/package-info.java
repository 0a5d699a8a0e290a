/**
 * Whether Kafka is there, and whether the group has this instance as a member.
 */
@NullMarked
package lab.product.membership;

import org.jspecify.annotations.NullMarked;
