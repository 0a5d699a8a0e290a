/**
 * Placing orders as a customer does.
 */
@NullMarked
package lab.console.order;

import org.jspecify.annotations.NullMarked;
