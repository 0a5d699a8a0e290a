/**
 * The lab's processes: broker, order and the products, started and stopped by their own
 * pid.
 */
@NullMarked
package lab.console.instance;

import org.jspecify.annotations.NullMarked;
