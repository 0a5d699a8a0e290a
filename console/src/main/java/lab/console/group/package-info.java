/**
 * What a consumer group looks like now, as the coordinator tells.
 */
@NullMarked
package lab.console.group;

import org.jspecify.annotations.NullMarked;
