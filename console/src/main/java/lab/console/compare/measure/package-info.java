/**
 * What a rebalance cost, worked out from what was recorded of it.
 */
@NullMarked
package lab.console.compare.measure;

import org.jspecify.annotations.NullMarked;
