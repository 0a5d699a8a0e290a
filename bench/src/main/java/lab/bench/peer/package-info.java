/**
 * What {@code lab bench peers} compares the order service with.
 */
@NullMarked
package lab.bench.peer;

import org.jspecify.annotations.NullMarked;
