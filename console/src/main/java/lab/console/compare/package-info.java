/**
 * {@code lab compare}: the same things done to a group under each protocol, and what they
 * cost.
 */
@NullMarked
package lab.console.compare;

import org.jspecify.annotations.NullMarked;
