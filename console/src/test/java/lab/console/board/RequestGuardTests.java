package lab.console.board;

import java.nio.file.Path;

import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what on the page's server. What is allowed is answered with 409, because
 * there is no product1 to stop.
 */
class RequestGuardTests {

	private static final Path LAB = Path.of("..").toAbsolutePath().normalize();

	private static final String STOP = "/api/instances/product1/stop";

	@TempDir
	private static Path state;

	private static ConfigurableApplicationContext lab;

	/** The lab's own instances and group, but on a cluster that was named. */
	private static ConfigurableApplicationContext labElsewhere;

	private static ConfigurableApplicationContext elsewhere;

	@BeforeAll
	static void start() {
		lab = board(true);
		labElsewhere = board(true, "--bootstrap-server", "localhost:1");
		elsewhere = board(false, "--bootstrap-server", "localhost:1");
	}

	@AfterAll
	static void stop() {
		lab.close();
		labElsewhere.close();
		elsewhere.close();
	}

	private static ConfigurableApplicationContext board(boolean local, String... arguments) {
		LabOptions options = CommandLine.populateCommand(new LabOptions(), arguments);
		return Board.start(new LabHome(LAB, state), options,
				new WatchedGroup("localhost:1", "billing", "invoices", local), TestSocketUtils.findAvailableTcpPort(),
				Messages.in(Language.EN));
	}

	@ParameterizedTest
	@CsvSource({ "localhost:8080,", "127.0.0.1:8080,", "[::1]:8080,", "LOCALHOST,", "localhost:8080,same-origin",
			"localhost:8080,none" })
	void thePageItselfMayAct(String host, String site) {
		MockHttpServletRequestBuilder request = act(host).header("Origin", "http://" + host);
		assertThat(answer(lab, (site != null) ? request.header("Sec-Fetch-Site", site) : request))
			.hasStatus(HttpStatus.CONFLICT);
	}

	@Test
	void aProgramThatIsNoBrowserMayAct() {
		assertThat(answer(lab, act("localhost:8080"))).hasStatus(HttpStatus.CONFLICT);
	}

	@ParameterizedTest
	@CsvSource({ "Origin,https://example.com", "Origin,http://localhost:3000", "Origin,https://localhost:8080",
			"Origin,null", "Origin,http://localhost:8080.example.com", "Sec-Fetch-Site,cross-site",
			"Sec-Fetch-Site,same-site" })
	void anotherSiteMayNotAct(String header, String value) {
		assertRefused(answer(lab, act("localhost:8080").header(header, value)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.com", "localhost.example.com", "localhost:8080.example.com", "192.168.0.7:8080",
			"127.0.0.1.example.com:8080", "" })
	void aStrangersNameForThisMachineMayNotAct(String host) {
		assertRefused(answer(lab, act(host).header("Origin", "http://" + host)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "text/plain;application/json",
			"application/jsonp" })
	void whatABrowserSendsAnywhereWithoutAskingDoesNotAct(String type) {
		assertRefused(answer(lab,
				MockMvcRequestBuilders.post(STOP).header("Host", "localhost").header("Content-Type", type)));
		assertRefused(answer(lab, MockMvcRequestBuilders.post(STOP).header("Host", "localhost")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "PATCH", "OPTIONS" })
	void noMethodGoesRoundIt(String method) {
		assertRefused(answer(lab,
				MockMvcRequestBuilders.request(HttpMethod.valueOf(method), STOP)
					.header("Host", "localhost")
					.header("Content-Type", "application/json")
					.header("Origin", "https://example.com")));
	}

	/**
	 * What is allowed is answered with 503, because there is no broker.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/api/dead-letters/return", "/api/dead-letters/0-1/return" })
	void onlyThePageReturnsDeadLetters(String path) {
		assertThat(answer(labElsewhere, act(path, "localhost:8080"))).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		assertRefused(answer(lab, act(path, "localhost:8080").header("Origin", "https://example.com")));
		assertRefused(answer(lab, act(path, "port-8080.example.com")));
		assertThat(answer(elsewhere, act(path, "localhost:8080"))).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("read-only for group billing");
	}

	@Test
	void aBoardOnAGroupElsewhereShowsNoContentsOfRecords() {
		assertThat(
				answer(elsewhere, MockMvcRequestBuilders.get("/api/dead-letters/0-1").header("Host", "localhost:8080")))
			.hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("does not show the contents of records for group billing");
	}

	@Test
	void aBoardOnAGroupElsewhereOnlyWatches() {
		assertThat(answer(elsewhere, act("localhost:8080"))).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("read-only for group billing at localhost:1");
	}

	@Test
	void theRefusalIsInThePagesLanguage() {
		assertThat(answer(lab, act("example.com").queryParam("lang", "ko"))).bodyText().contains("거부했습니다");
	}

	@Test
	void theLabsBoardIsReadUnderTheNameThatAWorkspaceForwardsItBy() {
		assertThat(answer(lab, read("port-8080.example.com"))).hasStatusOk();
		assertRefused(answer(elsewhere, read("port-8080.example.com")));
		assertThat(answer(elsewhere, read("localhost:8080"))).hasStatusOk();
	}

	@Test
	void theLabOnAnotherClusterActsButIsReadUnderNoOtherName() {
		assertThat(answer(labElsewhere, act("localhost:8080"))).hasStatus(HttpStatus.CONFLICT);
		assertThat(answer(labElsewhere, read("127.0.0.1:8080"))).hasStatusOk();
		assertRefused(answer(labElsewhere, read("port-8080.example.com")));
		assertRefused(answer(labElsewhere, read("evil.example")));
	}

	@Test
	void anotherSiteDoesNotRead() {
		assertRefused(answer(lab, read("localhost:8080").header("Sec-Fetch-Site", "cross-site")));
	}

	/**
	 * The names of others' groups may be confidential, also on the lab's own broker.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/api/groups", "/api/board/export?group=payroll" })
	void othersGroupsAreReadAtALoopbackAddressOnly(String path) {
		assertRefused(answer(lab, MockMvcRequestBuilders.get(path).header("Host", "8080-lab.example.com")));
		assertThat(answer(lab, MockMvcRequestBuilders.get(path).header("Host", "localhost:8080")))
			.satisfies((result) -> assertThat(result.getResponse().getStatus()).isNotEqualTo(403));
		assertThat(answer(lab,
				MockMvcRequestBuilders.get("/api/board/export?group=billing").header("Host", "8080-lab.example.com")))
			.hasStatusOk();
	}

	@Test
	void aFileIsAskedForAgainAndSentOnlyIfItHasChanged() {
		MvcTestResult first = answer(lab, MockMvcRequestBuilders.get("/board.js").header("Host", "localhost"));
		assertThat(first).hasStatusOk().hasHeader("Cache-Control", "no-cache");
		assertThat(answer(lab,
				MockMvcRequestBuilders.get("/board.js")
					.header("Host", "localhost")
					.header("If-Modified-Since", first.getResponse().getHeader("Last-Modified"))))
			.hasStatus(HttpStatus.NOT_MODIFIED);
	}

	@Test
	void thePageIsReachedByALinkOnAnotherSite() {
		assertThat(answer(lab,
				MockMvcRequestBuilders.get("/index.html")
					.header("Host", "localhost")
					.header("Sec-Fetch-Site", "cross-site")
					.header("Sec-Fetch-Mode", "navigate")))
			.hasStatusOk()
			.hasHeader("X-Content-Type-Options", "nosniff")
			.hasHeader("Referrer-Policy", "no-referrer")
			.containsHeader("Content-Security-Policy");
	}

	private static MockHttpServletRequestBuilder act(String host) {
		return act(STOP, host);
	}

	private static MockHttpServletRequestBuilder act(String path, String host) {
		return MockMvcRequestBuilders.post(path)
			.header("Host", host)
			.header("Content-Type", "application/json; charset=utf-8")
			.content("{}");
	}

	private static MockHttpServletRequestBuilder read(String host) {
		return MockMvcRequestBuilders.get("/api/lessons").header("Host", host);
	}

	private static MvcTestResult answer(ConfigurableApplicationContext board, MockHttpServletRequestBuilder request) {
		return MockMvcTester
			.from((WebApplicationContext) board,
					(builder) -> builder.addFilters(board.getBean(RequestGuard.class)).build())
			.perform(request);
	}

	private static void assertRefused(MvcTestResult answer) {
		assertThat(answer).hasStatus(HttpStatus.FORBIDDEN)
			.hasContentType("application/problem+json")
			.bodyText()
			.contains("Refused: this request did not come from");
	}

}
