/**
 * Lists the dead letters of a topic and returns them to where they came from. Read
 * {@link lab.console.deadletter.DeadLetter} first, then
 * {@link lab.console.deadletter.DeadLetterList}, which counts,
 * {@link lab.console.deadletter.DeadLetterTopic}, which reads, and
 * {@link lab.console.deadletter.ReturnToOrigin}, which writes.
 */
@NullMarked
package lab.console.deadletter;

import org.jspecify.annotations.NullMarked;
