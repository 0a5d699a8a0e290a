/**
 * The partitions that this instance owns, and why it owns none.
 */
@NullMarked
package lab.product.assignment;

import org.jspecify.annotations.NullMarked;
