/**
 * Places orders with the order service's HTTP API.
 */
@NullMarked
package lab.console.order;

import org.jspecify.annotations.NullMarked;
