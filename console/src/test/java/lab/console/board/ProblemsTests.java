package lab.console.board;

import java.nio.file.Path;
import java.util.List;

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
import picocli.CommandLine;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page is told when something cannot be done.
 */
class ProblemsTests {

	private static final Path LAB = Path.of("..").toAbsolutePath().normalize();

	@TempDir
	private static Path state;

	private static ConfigurableApplicationContext board;

	@BeforeAll
	static void start() {
		LabOptions options = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", "localhost:1",
				"--lang=EN");
		board = Board.start(new LabHome(LAB, state), options,
				new WatchedGroup("localhost:1", LabOptions.GROUP, LabOptions.TOPIC, true),
				TestSocketUtils.findAvailableTcpPort(), Messages.in(Language.EN));
	}

	@AfterAll
	static void stop() {
		board.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			orders                       | {"number":0,"keys":"NONE"}      | 1 to 1000 orders, not 0
			orders                       | {"number":1001,"keys":"NONE"}   | 1 to 1000 orders, not 1001
			orders                       | {"number":1}                    | not understood
			orders                       | {"keys":"NONE"}                 | not understood
			orders                       | {"number":"1","keys":"NONE"}    | not understood
			orders                       | {"number":1.5,"keys":"NONE"}    | not understood
			orders                       | {"number":1,"keys":"ALL"}       | not understood
			orders                       | {"number":1,"keys":null}        | not understood
			orders                       | {"number":1,"keys":"ONE","a":1} | not understood
			orders                       | orders                          | not understood
			orders                       | []                              | not understood
			partitions                   | {}                              | not understood
			partitions                   | {"total":0}                     | 1 to 100 partitions, not 0
			partitions                   | {"total":-1}                    | 1 to 100 partitions, not -1
			partitions                   | {"total":101}                   | 1 to 100 partitions, not 101
			partitions                   | {"total":99999999999}           | not understood
			instances/product1/handling  | {}                              | not understood
			instances/product1/handling  | {"handlingMs":-1}               | is 0 to 5000 ms
			instances/product1/handling  | {"handlingMs":5001}             | is 0 to 5000 ms
			instances/order/handling     | {"handlingMs":1}                | cannot be set for order
			""")
	void badInputIsOneSentence(String path, String body, String sentence) {
		assertProblem(post(path, body), HttpStatus.BAD_REQUEST, sentence);
	}

	@Test
	void whatDoesNotExistIsNotFound() {
		assertProblem(post("instances/nobody/start", "{}"), HttpStatus.NOT_FOUND, "there is no instance nobody");
		assertThat(post("instances/product1/promote", "{}")).hasStatus(HttpStatus.NOT_FOUND);
		for (String id : List.of("0", "0-x", "-1-2", "0-99999999999999999999")) {
			assertProblem(post("dead-letters/" + id + "/return", "{}"), HttpStatus.NOT_FOUND,
					"there is no dead letter " + id + " in topic_example-dlt");
			assertProblem(get("dead-letters/" + id), HttpStatus.NOT_FOUND, "there is no dead letter " + id);
		}
	}

	@Test
	void whatCannotBeDoneNowIsAConflict() {
		assertProblem(post("instances/product99/stop", "{}"), HttpStatus.CONFLICT,
				"product99 was not started by the lab");
		assertProblem(post("instances/product99/resume", "{}"), HttpStatus.CONFLICT, "product99 is not paused");
	}

	@Test
	void whoIsAwayIsNamedInThePagesLanguage() {
		assertProblem(post("partitions", "{\"total\":2}"), HttpStatus.SERVICE_UNAVAILABLE,
				"no broker answers at localhost:1");
		assertProblem(get("groups"), HttpStatus.SERVICE_UNAVAILABLE, "no broker answers at localhost:1");
		assertProblem(get("groups?lang=ko"), HttpStatus.SERVICE_UNAVAILABLE, "응답하는 브로커가 없습니다");
		assertProblem(post("partitions?lang=ko", "{\"total\":2}"), HttpStatus.SERVICE_UNAVAILABLE, "응답하는 브로커가 없습니다");
		assertProblem(post("dead-letters/0-1/return", "{}"), HttpStatus.SERVICE_UNAVAILABLE,
				"no broker answers at localhost:1");
		assertProblem(post("dead-letters/return?lang=ko", "{}"), HttpStatus.SERVICE_UNAVAILABLE, "응답하는 브로커가 없습니다");
		assertProblem(get("dead-letters/0-1"), HttpStatus.SERVICE_UNAVAILABLE, "no broker answers at localhost:1");
		assertProblem(post("instances/product99/handling", "{\"handlingMs\":1}"), HttpStatus.SERVICE_UNAVAILABLE,
				"product99 does not answer");
	}

	private static MvcTestResult get(String path) {
		return MockMvcTester.from((WebApplicationContext) board).get().uri("/api/" + path).exchange();
	}

	private static MvcTestResult post(String path, String body) {
		return MockMvcTester.from((WebApplicationContext) board)
			.post()
			.uri("/api/" + path)
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private static void assertProblem(MvcTestResult answer, HttpStatus status, String sentence) {
		assertThat(answer).hasStatus(status)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains(sentence);
	}

}
