package lab.console.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MachineChecksTests {

	private final MachineChecks machine = new MachineChecks(Messages.in(Language.EN));

	@Test
	void aRuntimeWithoutCompilerIsNotEnough(@TempDir Path runtime) throws IOException {
		Finding check = this.machine.java(runtime);
		assertThat(check.ok()).isFalse();
		assertThat(check.required()).isTrue();
		assertThat(check.remedy()).contains("install a JDK");
		Files.createDirectory(runtime.resolve("bin"));
		assertThat(Files.createFile(runtime.resolve("bin/javac")).toFile().setExecutable(true)).isTrue();
		assertThat(this.machine.java(runtime).ok()).isTrue();
	}

	/**
	 * As in a chroot, where the table of mounts does not have the folder's.
	 */
	@Test
	void aCheckThatCannotBeMadeSaysWhyAndDoesNotEndTheOthers() throws InterruptedException {
		Finding check = new Attempts(Messages.in(Language.EN)).hint("disk", () -> {
			throw new IOException("Mount point not found");
		});
		assertThat(check.name()).isEqualTo("disk");
		assertThat(check.ok()).isFalse();
		assertThat(check.required()).isFalse();
		assertThat(check.seen()).contains("could not be checked").contains("Mount point not found");
	}

	@Test
	void saysHowMuchRoomThereIs(@TempDir Path folder) {
		assertThat(this.machine.disk(folder).seen()).matches("\\d+ MB free").isNotEqualTo("0 MB free");
	}

	@ParameterizedTest
	@ValueSource(strings = { "order", "kafka" })
	void aPortThatAnotherProgramHoldsIsSaidToBe(String user) throws IOException {
		int port;
		try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			port = other.getLocalPort();
			Finding taken = this.machine.port(port, user);
			assertThat(taken.ok()).isFalse();
			assertThat(taken.diagnosis()).isEqualTo("port-taken");
			assertThat(taken.seen()).contains("another program").contains(user);
			assertThat(taken.remedy()).contains("lsof -i :" + port);
		}
		assertThat(this.machine.port(port, user).ok()).isTrue();
	}

	/**
	 * The process is one of this clone's order service by its command line, which is all
	 * that the doctor goes by.
	 */
	@Test
	void aPortOfAServiceOfThisCloneIsAsItShouldBe() throws Exception {
		Path root = Path.of(System.getProperty("lab.home", "."), "order", "target").toAbsolutePath().normalize();
		Process order = new ProcessBuilder("sh", "-c", "read line", root + "/order.jar").start();
		try (ServerSocket its = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Finding used = this.machine.port(its.getLocalPort(), "order");
			assertThat(used.ok()).as(used.toString()).isTrue();
			assertThat(used.seen()).isEqualTo("in use by order");
		}
		finally {
			order.destroy();
			// the next test finds it by its command line until it has ended
			order.waitFor();
		}
	}

}
