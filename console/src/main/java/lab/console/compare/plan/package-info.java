/**
 * What a comparison is to do: scenarios, settings, kinds of members and repetitions.
 */
@NullMarked
package lab.console.compare.plan;

import org.jspecify.annotations.NullMarked;
