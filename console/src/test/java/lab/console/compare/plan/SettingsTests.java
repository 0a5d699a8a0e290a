package lab.console.compare.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsTests {

	private final Messages messages = Messages.in(Language.EN);

	@TempDir
	private Path folder;

	@Test
	void aProtocolStandsForAllOfItsSettings() {
		assertThat(Settings.named(List.of("consumer"), this.messages)).extracting(Setting::name)
			.containsExactly("consumer-tuned", "consumer");
		assertThat(Settings.named(List.of("classic-tuned"), this.messages)).extracting(Setting::name)
			.containsExactly("classic-tuned");
		assertThat(Settings.named(List.of(), this.messages)).isEqualTo(Settings.KNOWN);
	}

	@Test
	void aSettingThatIsNotThereIsRefusedWithThoseThatAre() {
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> Settings.named(List.of("eager"), this.messages))
			.withMessageContaining("no setting eager")
			.withMessageContaining("consumer-tuned, classic-tuned");
	}

	@Test
	void aFileIsAColumnUnderItsName() throws IOException {
		Setting setting = read("work.properties", "metadata.max.age.ms=30000\nsession.timeout.ms=10000\n");
		assertThat(setting.name()).isEqualTo("work");
		assertThat(setting.profile()).as("what a consumer that names no protocol has").isEqualTo("classic");
		assertThat(setting.asShipped()).isFalse();
		assertThat(setting.discovery()).hasSeconds(33);
		assertThat(setting.session()).hasSeconds(10);
	}

	@Test
	void aFileMayNameTheNewProtocol() throws IOException {
		Setting setting = read("next.properties", "group.protocol=CONSUMER\n");
		assertThat(setting.profile()).isEqualTo("consumer");
		assertThat(setting.coordinated()).isTrue();
	}

	@Test
	void anUnknownKeyIsRefusedByName() {
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> read("work.properties", "sesion.timeout.ms=10000\n"))
			.withMessageContaining("does not know: sesion.timeout.ms");
	}

	@Test
	void aKeyThatContradictsTheProtocolIsRefusedInKafkasWords() {
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> read("work.properties", "group.protocol=consumer\nheartbeat.interval.ms=500\n"))
			.withMessageContaining("heartbeat.interval.ms")
			.withMessageContaining("CONSUMER");
	}

	@Test
	void whatTheComparisonDecidesIsNotForTheFile() {
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> read("work.properties", "bootstrap.servers=kafka:9092\ngroup.id=mine\n"))
			.withMessageContaining("bootstrap.servers, group.id");
	}

	@Test
	void aFileThatIsNotThereIsSaidToBe() {
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> Settings.read(this.folder.resolve("gone.properties"), this.messages))
			.withMessageContaining("gone.properties cannot be read");
	}

	private Setting read(String name, String text) throws IOException {
		return Settings.read(Files.writeString(this.folder.resolve(name), text), this.messages);
	}

}
