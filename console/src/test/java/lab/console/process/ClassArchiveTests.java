package lab.console.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of one library, which the archive covers.
 */
class ClassArchiveTests {

	@TempDir
	private Path root;

	private LabHome home;

	private Path library;

	private Path classes;

	@BeforeEach
	void aModuleWithOneLibrary() throws Exception {
		this.home = new LabHome(this.root, this.root.resolve(".lab"));
		this.library = Files.copy(
				Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
				this.root.resolve("library.jar"));
		this.classes = this.root.resolve("order.classes");
		listLibraries(this.library.toString());
	}

	@Test
	void aStartWithTheArchiveLoadsItsClassesFromThere() throws Exception {
		assertThat(archive().options()).isEmpty();
		start(ClassArchive.listing(this.classes));
		archive().make(this.classes);
		assertThat(archive().exists()).isTrue();
		assertThat(start(archive().options())).contains("picocli.CommandLine source: shared objects file");
	}

	@Test
	void anArchiveThatDoesNotFitDoesNoHarm() throws Exception {
		start(ClassArchive.listing(this.classes));
		archive().make(this.classes);
		List<String> options = archive().options();
		Files.copy(Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
				this.root.resolve("another.jar"));
		this.library = this.root.resolve("another.jar");
		assertThat(start(options)).contains("picocli.CommandLine source: file:");
		Path file = Path.of(options.get(0).replaceFirst(".*=", ""));
		assertThat(file.toFile().setWritable(true)).isTrue();
		Files.write(file, new byte[(int) Files.size(file)]);
		assertThat(start(options)).contains("picocli.CommandLine source: file:");
	}

	@Test
	void otherLibrariesNeedAnotherArchive() throws Exception {
		start(ClassArchive.listing(this.classes));
		archive().make(this.classes);
		listLibraries(this.library + File.pathSeparator + "more.jar");
		assertThat(archive().exists()).isFalse();
		assertThat(archive().options()).isEmpty();
	}

	@Test
	void thereIsNoArchiveOfClassesThatCannotBeRead() throws Exception {
		archive().make(this.root.resolve("nothing"));
		assertThat(archive().exists()).isFalse();
	}

	private void listLibraries(String libraries) throws Exception {
		Files.writeString(Files.createDirectories(this.root.resolve("order/target")).resolve("class-path"), libraries);
	}

	private ClassArchive archive() {
		return new ClassArchive(this.home, "order", "order");
	}

	/**
	 * Starts a program of the library, which prints nothing but its own output.
	 * @return where its classes came from
	 */
	private String start(List<String> options) throws Exception {
		Path loaded = this.root.resolve("loaded");
		List<String> command = new ArrayList<>(List.of(Jvm.executable(), "-XX:+UseSerialGC"));
		command.addAll(options);
		command.addAll(List.of("-Xlog:class+load:file=" + loaded, "-cp",
				this.library + File.pathSeparator + this.root.resolve("order/target/classes"), "picocli.AutoComplete",
				"--version"));
		ProgramRun run = ProgramRun.of(new ProcessBuilder(command), Duration.ofMinutes(1));
		assertThat(run.status()).as(run.output() + run.errors()).isZero();
		assertThat(run.output() + run.errors()).doesNotContain("[warning]", "[error");
		return Files.readString(loaded);
	}

}
