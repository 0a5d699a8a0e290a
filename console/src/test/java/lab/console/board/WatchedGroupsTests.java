package lab.console.board;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.rail.Rails;
import lab.console.terminal.LabOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * No cluster answers here: what is tested is which groups are watched, and for how long.
 */
class WatchedGroupsTests {

	private static final WatchedGroup OWN = new WatchedGroup("localhost:1", "own", null, false);

	private WatchedGroups groups = started(StartPage.GROUP);

	@AfterEach
	void close() throws InterruptedException {
		this.groups.closeStreams();
		this.groups.close();
	}

	@Test
	void theOwnGroupIsWatchedAlwaysAndAnotherAsLongAsAPageShowsItAndAWhileAfterwards() throws InterruptedException {
		Frames own = this.groups.show(null);
		assertThat(this.groups.show("own")).isSameAs(own);
		Frames other = this.groups.show("other");
		assertThat(this.groups.show("other")).isSameAs(other).isNotSameAs(own);
		this.groups.leave("own");
		this.groups.leave(null);
		this.groups.leave("other");
		forgetUnseen();
		assertThat(this.groups.frames(null)).contains(own);
		assertThat(this.groups.frames("other")).as("one page shows it").contains(other);
		this.groups.leave("other");
		this.groups.forgetUnseen(Instant.now());
		assertThat(this.groups.frames("other")).as("was shown a moment ago").contains(other);
		forgetUnseen();
		assertThat(this.groups.frames("other")).isEmpty();
		assertThat(this.groups.show("other")).as("a new history").isNotSameAs(other);
	}

	@Test
	void noMoreAreWatchedThanTheClusterCanBear() throws InterruptedException {
		IntStream.range(0, WatchedGroups.MAX_OTHERS).forEach((number) -> this.groups.show("other" + number));
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> this.groups.show("one-more"))
			.satisfies((problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(503))
			.withMessageContaining("Too many groups are shown");
		assertThat(this.groups.show("other0")).isNotNull();
		this.groups.leave("other1");
		forgetUnseen();
		assertThat(this.groups.show("one-more")).isNotNull();
	}

	@Test
	void aBoardThatStartsWithTheListWatchesNothingUnasked() throws InterruptedException {
		close();
		this.groups = started(StartPage.GROUPS);
		assertThat(this.groups.frames(null)).isEmpty();
		assertThat(this.groups.show(null)).isNotNull();
	}

	@Test
	void allStreamsEndWithTheServer() {
		Frames own = this.groups.show(null);
		Frames other = this.groups.show("other");
		this.groups.closeStreams();
		assertThat(own.isClosed()).isTrue();
		assertThat(other.isClosed()).isTrue();
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> this.groups.show("late"));
	}

	private void forgetUnseen() throws InterruptedException {
		this.groups.forgetUnseen(Instant.now().plus(WatchedGroups.KEPT).plusSeconds(1));
	}

	private static WatchedGroups started(StartPage page) {
		return new WatchedGroups(new LabOptions(), OWN, Map::of, new Rails(LabHome.ofProcess()), page);
	}

}
