/**
 * The members of groups under measurement, told from outside when to join and leave.
 */
@NullMarked
package lab.bench;

import org.jspecify.annotations.NullMarked;
