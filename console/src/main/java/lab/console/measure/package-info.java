/**
 * What a rebalance cost, worked out from what was recorded of it.
 */
@NullMarked
package lab.console.measure;

import org.jspecify.annotations.NullMarked;
