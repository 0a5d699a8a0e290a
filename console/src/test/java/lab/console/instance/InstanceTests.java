package lab.console.instance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.process.Jvm;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The lab's names: what each stands for, and which are none.
 */
class InstanceTests {

	@Test
	void threeBrokersAreOneProgramOnPortsOfTheirOwn() {
		assertThat(Stream.of("kafka1", "kafka2", "kafka3").map((name) -> Instance.named(name).orElseThrow()))
			.allMatch(Instance::isBroker)
			.extracting(Instance::port, Instance::arguments)
			.containsExactly(tuple(9092, List.of("--spring.profiles.active=kafka1")),
					tuple(9192, List.of("--spring.profiles.active=kafka2")),
					tuple(9292, List.of("--spring.profiles.active=kafka3")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka", "kafka1", "kafka2", "kafka3", "order", "product1", "product2" })
	void thePortOfEveryInstanceIsKnownToBeTheLabs(String name) {
		assertThat(Ports.OF_THE_LAB).containsKey(Instance.named(name).orElseThrow().port());
	}

	/**
	 * So that they share a class archive.
	 */
	@Test
	void bothProductsRunWithTheSameLibraries(@TempDir Path folder) throws Exception {
		Files.writeString(Files.createDirectories(folder.resolve("product1/target")).resolve("class-path"), "a.jar");

		assertThat(Instance.named("product2").orElseThrow().command("java", new LabHome(folder, folder), List.of()))
			.contains("a.jar" + File.pathSeparator + folder.resolve("product2/target/classes"));
		assertThat(dependencies("product2")).isNotEmpty().isEqualTo(dependencies("product1"));
	}

	/**
	 * The dependencies in the module's pom.xml that are not for its tests alone.
	 */
	private static Set<String> dependencies(String module) throws IOException {
		String pom = Files.readString(Path.of("..", module, "pom.xml"));
		return Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL)
			.matcher(pom)
			.results()
			.map(MatchResult::group)
			.filter((dependency) -> !dependency.contains("<scope>test</scope>"))
			.collect(Collectors.toSet());
	}

	/**
	 * Runs the service's command with a program in place of the service's, which fills
	 * the heap from a thread that is not the main one.
	 */
	@Test
	void aServiceWithoutMemoryEnds(@TempDir Path folder) throws Exception {
		Path module = Files.createDirectories(folder.resolve("order/target"));
		Files.writeString(module.resolve("class-path"), "");
		List<String> command = new ArrayList<>(Instance.named("order")
			.orElseThrow()
			.command(Jvm.executable(), new LabHome(folder, folder), List.of()));
		Path program = Files.writeString(folder.resolve("Full.java"), """
				public class Full {
					public static void main(String[] args) throws Exception {
						Thread thread = new Thread(() -> System.out.println(new long[1 << 30].length));
						thread.start();
						thread.join();
						System.exit(42);
					}
				}
				""");
		command.set(command.indexOf("lab.order.OrderApplication"), program.toString());

		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(folder.resolve("log").toFile())
			.start();

		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(folder.resolve("log")).content().contains("OutOfMemoryError");
		assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isEqualTo(3);
	}

	@Test
	void aServiceThatMavenRunsEndsWithoutMemoryToo() {
		assertThat(Path.of("../pom.xml")).content()
			.contains("<spring-boot.run.jvmArguments>-XX:+ExitOnOutOfMemoryError</spring-boot.run.jvmArguments>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka0", "kafka4", "product0", "product100", "Order", "" })
	void otherNamesAreNone(String name) {
		assertThat(Instance.named(name)).isEmpty();
	}

}
