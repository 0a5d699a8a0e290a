package lab.console.group;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.terminal.Table;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a group's members and partitions, of which each command shows the columns
 * that it has room for.
 */
public final class GroupTables {

	/**
	 * The cell of a value that is not known.
	 */
	public static final String NONE = "-";

	static final String KAFKA_LAG = "KAFKA-LAG";

	private static final String GROUP_INSTANCE_ID = "GROUP-INSTANCE-ID";

	private GroupTables() {
	}

	/**
	 * A column of a table.
	 *
	 * @param <T> what the rows show
	 * @param cell the value in a row, null where it is not known
	 */
	public record Column<T>(String title, Function<T, @Nullable Object> cell) {

		/**
		 * Returns the column for rows that have the value to show as a part.
		 */
		public <R> Column<R> of(Function<R, T> part) {
			return new Column<>(this.title, (row) -> this.cell.apply(part.apply(row)));
		}

	}

	public static Column<Partition> name() {
		return new Column<>("PARTITION", Partition::name);
	}

	public static Column<Partition> leader() {
		return new Column<>("LEADER", Partition::leader);
	}

	/**
	 * @param shared whether it is a share group, which has a start offset in its place
	 */
	public static Column<Partition> committed(boolean shared) {
		return new Column<>(shared ? "START" : "COMMITTED", Partition::committed);
	}

	public static Column<Partition> end() {
		return new Column<>("END", Partition::end);
	}

	public static Column<Partition> lag() {
		return new Column<>("LAG", Partition::lag);
	}

	/**
	 * The lag as Kafka's own commands print it, where that is another.
	 */
	static Column<Partition> kafkaLag() {
		return new Column<>(KAFKA_LAG, Partition::kafkaLag);
	}

	/**
	 * @param shared whether it is a share group, whose partitions have no owner
	 */
	public static Column<Partition> readBy(boolean shared) {
		return new Column<>(shared ? "READERS" : "OWNER",
				(partition) -> partition.readBy().isEmpty() ? null : String.join(", ", partition.readBy()));
	}

	/**
	 * A table with a row for each of these, under the titles of the columns.
	 */
	public static <T> Table of(Collection<T> rows, List<Column<T>> columns) {
		Table table = new Table(columns.stream().map(Column::title).toArray(String[]::new));
		rows.forEach((row) -> table.row(columns.stream().map((column) -> orNone(column.cell().apply(row))).toArray()));
		return table;
	}

	/**
	 * The table of members; without the column of group.instance.id where no member has
	 * one.
	 * @param owns what a member owns, in words
	 */
	public static Table members(Collection<Member> members, Function<Member, String> owns) {
		return of(members,
				List.of(new Column<>("MEMBER", Member::name), new Column<>(GROUP_INSTANCE_ID, Member::groupInstanceId),
						new Column<>("HOST", Member::host), new Column<>("EPOCH", Member::epoch),
						new Column<>("PARTITIONS", owns::apply)))
			.without(GROUP_INSTANCE_ID, NONE);
	}

	private static String orNone(@Nullable Object value) {
		return (value != null) ? value.toString() : NONE;
	}

}
