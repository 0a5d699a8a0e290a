package lab.console.compare.measure;

import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run.
 *
 * @param measures none where the run came to nothing
 * @param problem why the run is void, where it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(int number, String scenario, String setting, String series, @Nullable Measures measures,
		@Nullable String problem, @JsonIgnore @Nullable Recording history) {

	@JsonIgnore
	public boolean isVoid() {
		return this.problem != null;
	}

	/**
	 * The one whose time is the median, or the shorter of the two in the middle.
	 */
	public static Outcome middle(List<Outcome> runs) {
		return runs.stream()
			.sorted(Comparator.comparingLong((run) -> (run.measures() != null) ? run.measures().reassignedMs() : 0))
			.toList()
			.get((runs.size() - 1) / 2);
	}

}
