package lab.console.terminal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A prefix tells the names of one person from those of others.
 */
class LabOptionsTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "kim-", "kim.", "kim_", "a-b-", "-" })
	void aPrefixEndsWithASeparator(String prefix) {
		assertThat(options(prefix).prefix()).isEqualTo(prefix);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "kim", "kim-2", "-a" })
	void aPrefixThatOthersNamesMayBeginWithTooIsRefused(String prefix) {
		assertThatThrownBy(() -> options(prefix).prefix()).isInstanceOf(LabException.class)
			.hasMessageContaining("must end with");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kim/", "김-", "a b-", "{0}-" })
	void aPrefixThatNoNameCanHaveIsRefused(String prefix) {
		assertThatThrownBy(() -> options(prefix).prefix()).isInstanceOf(LabException.class)
			.hasMessageContaining("cannot be part");
	}

	private static LabOptions options(String prefix) {
		return CommandLine.populateCommand(new LabOptions(), "--lang", "EN", "--prefix", prefix);
	}

}
