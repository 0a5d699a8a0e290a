/**
 * Processes, ports and files of this machine. Begin with
 * {@link lab.console.process.Cleanup}, which every command that starts something uses.
 */
@NullMarked
package lab.console.process;

import org.jspecify.annotations.NullMarked;
