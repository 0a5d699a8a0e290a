/**
 * The stock in a database of the service's own (profile {@code stock}), which counts each
 * order once however often it is delivered.
 * <p>
 * Read in this order: {@link lab.product.stock.Stock}, then {@code schema.sql} and
 * {@code product-stock.yml}.
 */
@NullMarked
package lab.product.stock;

import org.jspecify.annotations.NullMarked;
