package lab.console.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.group.IdleReason;
import lab.console.terminal.DisplayWidth;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the browser is sent: small, as its makers published it where it is not the lab's
 * own, and in the words of the console.
 */
class FrontEndTests {

	private static final Path STATIC = Path.of("src/main/resources/static");

	private static final Path JAVA = Path.of("src/main/java");

	// the end of a key may be computed, as in `board.state.${state}`
	private static final Pattern KEY = Pattern.compile("['\"`](board\\.[\\w.-]+)['\"`]");

	private static final Pattern BEGINNING_OF_KEY = Pattern.compile("`(board\\.[\\w.-]*)\\$\\{");

	@Test
	void theVendoredLibraryIsAsPublished() throws Exception {
		for (String line : Files.readAllLines(STATIC.resolve("vendor/SHA256SUMS"))) {
			String[] sum = line.split(" +");
			byte[] file = Files.readAllBytes(STATIC.resolve("vendor").resolve(sum[1]));
			assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file))).as(sum[1])
				.isEqualTo(sum[0]);
		}
		assertThat(files(STATIC.resolve("vendor"))).extracting((file) -> file.getFileName().toString())
			.containsExactlyInAnyOrder("htm-preact-3.1.1.js", "LICENSE", "SHA256SUMS");
	}

	@Test
	void everySentenceOfThePageIsThereAndIsSaid() {
		Set<String> keys = Messages.in(Language.EN)
			.bundle()
			.keySet()
			.stream()
			.filter((key) -> key.startsWith("board."))
			.collect(Collectors.toCollection(TreeSet::new));
		String page = text(STATIC, ".js");
		String all = page + text(JAVA, ".java");
		Set<String> said = found(KEY, all);
		Stream.of(IdleReason.values()).map((reason) -> reason.of("board.idle-reason")).forEach(said::add);
		Set<String> beginnings = found(BEGINNING_OF_KEY, page);
		assertThat(keys).containsAll(found(KEY, page));
		assertThat(beginnings).allSatisfy((beginning) -> assertThat(keys).anyMatch((key) -> key.startsWith(beginning)));
		assertThat(keys).allMatch((key) -> said.contains(key) || beginnings.stream().anyMatch(key::startsWith));
	}

	/**
	 * The page writes the first sentence of a verdict large, or what comes before its
	 * colon: it has room for three lines of 38 letters.
	 */
	@ParameterizedTest
	@EnumSource(Language.class)
	void theHeadlineOfEachVerdictIsShort(Language language) {
		Messages messages = Messages.in(language);
		Object[] values = { "product1", "21", "product2", "9" };
		messages.bundle().keySet().stream().filter((key) -> key.startsWith("verdict.")).forEach((key) -> {
			String headline = messages.get(key, values).split("(?<=[.!?]) ", 2)[0];
			assertThat(DisplayWidth.of(headline) <= 114 || headline.indexOf(": ") < 114 && headline.contains(": "))
				.as(key + ": " + headline)
				.isTrue();
		});
	}

	private static Set<String> found(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((found) -> found.group(1)).collect(Collectors.toSet());
	}

	private static String text(Path folder, String suffix) {
		return files(folder).stream()
			.filter((file) -> file.toString().endsWith(suffix) && !file.toString().contains("vendor"))
			.map(FrontEndTests::read)
			.collect(Collectors.joining("\n"));
	}

	private static List<Path> files(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
