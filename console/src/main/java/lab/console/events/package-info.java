/**
 * What the members of a group publish about themselves, parsed and validated, and the
 * consumer that reads it. Read {@link lab.console.events.AssignmentChanged} first.
 */
@NullMarked
package lab.console.events;

import org.jspecify.annotations.NullMarked;
