/**
 * What the console needs to know of the machine: its processes and its ports.
 */
@NullMarked
package lab.console.process;

import org.jspecify.annotations.NullMarked;
