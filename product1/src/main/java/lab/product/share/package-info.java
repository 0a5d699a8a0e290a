/**
 * The same orders as a member of a share group (profile {@code share}).
 */
@NullMarked
package lab.product.share;

import org.jspecify.annotations.NullMarked;
