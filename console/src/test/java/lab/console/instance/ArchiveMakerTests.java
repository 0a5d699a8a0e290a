package lab.console.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lab.console.process.Jvm;
import lab.console.process.LabHome;
import lab.console.process.ProgramRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class ArchiveMakerTests {

	@Test
	void theStartAfterTheFirstUsesTheArchive(@TempDir Path root) throws Exception {
		String library = Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI())
			.toString();
		Files.writeString(Files.createDirectories(root.resolve("order/target")).resolve("class-path"), library);
		LabHome home = new LabHome(root, root.resolve(".lab"));
		try (ArchiveMaker archives = new ArchiveMaker(home)) {
			List<String> command = new ArrayList<>(List.of(Jvm.executable(), "-XX:+UseSerialGC"));
			command.addAll(archives.listing(Instance.ORDER));
			command.addAll(List.of("-cp", library, "picocli.AutoComplete", "--version"));
			ProgramRun.of(new ProcessBuilder(command), Duration.ofMinutes(1));
			archives.begin(Instance.ORDER);

			Awaitility.await("the archive")
				.atMost(Duration.ofMinutes(3))
				.untilAsserted(() -> assertThat(ArchiveMaker.archive(home, Instance.ORDER).options())
					.contains("-XX:SharedArchiveFile=" + root.resolve("console/target/class-archives/order.jsa")));
			Awaitility.await("the list of classes is not needed any more")
				.untilAsserted(() -> assertThat(root.resolve(".lab/logs")).isEmptyDirectory());
		}
	}

}
