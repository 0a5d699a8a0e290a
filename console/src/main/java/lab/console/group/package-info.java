/**
 * A group as the coordinator describes it now, and the commands that print it. Read
 * {@link lab.console.group.Cluster} first, then {@link lab.console.group.GroupSnapshot}
 * and {@link lab.console.group.Verdict}.
 */
@NullMarked
package lab.console.group;

import org.jspecify.annotations.NullMarked;
