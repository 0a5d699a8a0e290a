package lab.console.board;

import org.junit.jupiter.api.Test;

import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

class StartControllerTests {

	@Test
	void anAddressThatNamesNothingLeadsToTheListOfGroupsWhereNoGroupWasNamed() {
		MockMvcTester board = MockMvcTester.of(new StartController(StartPage.GROUPS));
		assertThat(board.get().uri("/?lang=ko").exchange()).hasRedirectedUrl("http://localhost/?lang=ko&groups");
		assertThat(board.get().uri("/?group=shop").exchange()).hasForwardedUrl("/index.html");
		assertThat(board.get().uri("/?groups").exchange()).hasForwardedUrl("/index.html");
		assertThat(board.get().uri("/?replay").exchange()).hasForwardedUrl("/index.html");
	}

	@Test
	void elseItLeadsToTheBoardsOwnGroup() {
		MockMvcTester board = MockMvcTester.of(new StartController(StartPage.GROUP));
		assertThat(board.get().uri("/").exchange()).hasForwardedUrl("/index.html");
	}

}
