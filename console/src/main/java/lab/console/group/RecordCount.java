package lab.console.group;

import org.jspecify.annotations.Nullable;

/**
 * How many records a group has yet to handle in a partition.
 *
 * @param inTransactions how many of them a member that reads committed would not get;
 * null where that is not known, and where it is none
 */
record RecordCount(long records, @Nullable Long inTransactions) {
}
