package lab.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles the single-file programs that lessons run with kafka-run-class, for the oldest
 * Java version that the lab supports. No other part of the build compiles them.
 */
class LessonProgramsTests {

	@ParameterizedTest
	@MethodSource("programs")
	void compilesWithoutAWarning(Path program, @TempDir Path classes) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
			List<String> options = List.of("--release", "17", "-Xlint:all,-path,-processing", "-proc:none", "-d",
					classes.toString());
			compiler.getTask(null, files, diagnostics, options, null, files.getJavaFileObjects(program)).call();
		}
		assertThat(diagnostics.getDiagnostics()).isEmpty();
		assertThat(classes).isDirectoryContaining("glob:**.class");
	}

	static Stream<Path> programs() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("../lessons"))) {
			return files.filter((file) -> file.toString().endsWith(".java")).sorted().toList().stream();
		}
	}

}
