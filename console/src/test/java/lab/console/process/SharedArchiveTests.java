package lab.console.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of one library, which the class data sharing covers.
 */
class SharedArchiveTests {

	@TempDir
	private Path root;

	private LabHome home;

	private Path jar;

	@BeforeEach
	void aModuleWithOneLibrary() throws Exception {
		this.home = new LabHome(this.root, this.root.resolve(".lab"));
		this.jar = Files.copy(Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
				this.root.resolve("library.jar"));
		Files.writeString(Files.createDirectories(this.root.resolve("order/target")).resolve("class-path"),
				this.jar.toString());
	}

	@Test
	void theThirdStartUsesTheArchiveAndABrokenOneDoesNoHarm() throws Exception {
		assertThat(start().options()).singleElement().asString().startsWith("-XX:DumpLoadedClassList=");
		assertThat(start().options()).as("while the first may still load classes").isEmpty();
		letTheFirstStartBeOver();
		assertThat(start().options()).isEmpty();
		Path archive = archive().archive();
		Awaitility.await("the archive is made")
			.atMost(Duration.ofMinutes(3))
			.untilAsserted(() -> assertThat(archive().options()).contains("-XX:SharedArchiveFile=" + archive));
		assertThat(start().loaded()).contains("picocli.CommandLine source: shared objects file");

		byte[] whole = Files.readAllBytes(archive);
		assertThat(archive.toFile().setWritable(true)).isTrue();
		Files.write(archive, new byte[whole.length]);
		assertThat(start().loaded()).contains("picocli.CommandLine source: file:");
		Files.write(archive, List.of("cut off"));
		assertThat(start().loaded()).contains("picocli.CommandLine source: file:");
	}

	@Test
	void anotherJdkOrAnotherJarHasAnotherArchive() throws Exception {
		Path archive = archive().archive();
		assertThat(SharedArchive.of(this.home, "order", "another JDK").archive()).isNotEqualTo(archive);
		Files.setLastModifiedTime(this.jar, FileTime.from(Instant.EPOCH));
		assertThat(archive().archive()).isNotEqualTo(archive);
	}

	@Test
	void aProgramStartsWhereNoArchiveCanBeWritten() throws Exception {
		Files.writeString(this.root.resolve("console"), "no folder");
		assertThat(start().loaded()).contains("picocli.CommandLine source: file:");
	}

	private record ObservedStart(List<String> options, String loaded) {
	}

	private SharedArchive archive() {
		return SharedArchive.of(this.home, "order");
	}

	private void letTheFirstStartBeOver() throws Exception {
		Path classes = Path.of(archive().archive().toString().replace(".jsa", ".classes"));
		Files.setLastModifiedTime(classes, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
	}

	/**
	 * Starts a program of the library and returns where its classes came from. It prints
	 * nothing but its own output.
	 */
	private ObservedStart start() throws Exception {
		List<String> options = archive().options();
		Path loaded = this.root.resolve("loaded");
		List<String> command = new ArrayList<>(List.of(Jvm.executable(), "-XX:+UseSerialGC"));
		command.addAll(options);
		command.addAll(List.of("-Xlog:class+load:file=" + loaded, "-cp",
				this.jar + File.pathSeparator + this.root.resolve("order/target/classes"), "picocli.AutoComplete",
				"--version"));
		ProgramRun run = ProgramRun.of(new ProcessBuilder(command), Duration.ofMinutes(1));
		assertThat(run.status()).as(run.output() + run.errors()).isZero();
		assertThat(run.output() + run.errors()).doesNotContain("[warning]", "[error");
		return new ObservedStart(options.stream().filter((option) -> !option.startsWith("-Xlog")).toList(),
				Files.readString(loaded));
	}

}
