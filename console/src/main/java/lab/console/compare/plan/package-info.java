/**
 * What a comparison measures. A {@link lab.console.compare.plan.Plan} combines
 * {@link lab.console.compare.plan.Scenario scenarios},
 * {@link lab.console.compare.plan.Setting settings} and
 * {@link lab.console.compare.plan.MemberKind kinds of members} into runs.
 */
@NullMarked
package lab.console.compare.plan;

import org.jspecify.annotations.NullMarked;
