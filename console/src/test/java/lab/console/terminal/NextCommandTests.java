package lab.console.terminal;

import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The next command keeps what was chosen.
 */
class NextCommandTests {

	private static final Messages ENGLISH = Messages.in(Language.EN);

	@Test
	void hasTheOptionsThatWereChosen() {
		assertThat(new NextCommand("tour", "picture").with("--report", "teacher:8071", "LAB_REPORT")
			.with("--name", null, "LAB_NAME")
			.with("--word", "", "LAB_WORD")
			.in(ENGLISH)).isEqualTo("./lab tour picture --report teacher:8071");
	}

	@Test
	void leavesOutWhatTheEnvironmentHas() {
		assertThat(new NextCommand("tour").with("--path", System.getenv("PATH"), "PATH").in(ENGLISH))
			.isEqualTo("./lab tour");
	}

	@Test
	void isQuotedAsAShellReadsIt() {
		assertThat(new NextCommand("tour").with("--name", "Kim's pair", "")
			.with("--word", "$(rm)", "")
			.with("--prefix", "김.a-", "")
			.in(ENGLISH)).isEqualTo("./lab tour --name 'Kim'\\''s pair' --word '$(rm)' --prefix 김.a-");
	}

	@Test
	void isForTheSameClusterAndTheSameLanguage() {
		LabOptions options = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", "kafka:9092",
				"--prefix", "kim-", "--command-config", "client.properties", "--lang", "KO");
		assertThat(options.addClusterTo(new NextCommand("tour")).in(options.messages())).isEqualTo(
				"./lab --lang ko tour --bootstrap-server kafka:9092 --command-config client.properties --prefix kim-");
	}

}
