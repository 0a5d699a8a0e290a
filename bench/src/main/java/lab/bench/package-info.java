/**
 * The group members that {@code lab compare} measures.
 * <p>
 * Read {@link lab.bench.MemberProcess} first: it runs a {@link lab.bench.PlainMember} or
 * a {@link lab.bench.SpringMember} on the commands of another process.
 */
@NullMarked
package lab.bench;

import org.jspecify.annotations.NullMarked;
