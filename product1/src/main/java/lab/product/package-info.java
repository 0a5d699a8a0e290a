/**
 * The product service: a member of the group that reads orders.
 */
@NullMarked
package lab.product;

import org.jspecify.annotations.NullMarked;
