package lab.console.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.console.lesson.Block.Recorded;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Watch;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lessons of the lab are the same in both languages but for their prose.
 */
class LessonFilesTests {

	private static final Path LAB = Path.of("..");

	private static final Pattern EXPORT = Pattern.compile("(?m)^\\s*export (.*)$");

	private static final Pattern STEP = Pattern.compile("(?m)^## ((?:\\d+\\. )?)");

	private static final Pattern SHIMMED = Pattern.compile("(?m)(^|[\\s;|&(])(mvn|http|docker-compose)(\\s|$)");

	/**
	 * What follows an answer's mark, or the colon of what is needed or to be done.
	 */
	private static final Pattern PROSE_OF_A_TASK = Pattern.compile("(?m)^([-+]|(?:need|do)[^:]*:) .*$");

	static List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(LAB.resolve("lessons/en"))) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void bothLanguagesHaveTheSameLessons() {
		List<Lesson> english = Lessons.in(LAB, Messages.in(Language.EN)).all();
		List<Lesson> korean = Lessons.in(LAB, Messages.in(Language.KO)).all();
		assertThat(english).isNotEmpty();
		assertThat(korean).extracting(Lesson::name).isEqualTo(english.stream().map(Lesson::name).toList());
	}

	@ParameterizedTest
	@EnumSource
	void theReadmeShowsTheWholePath(Language language) throws IOException {
		String readme = Files.readString(LAB.resolve((language == Language.KO) ? "README.ko.md" : "README.md"));
		for (Lesson lesson : Lessons.in(LAB, Messages.in(language)).all()) {
			assertThat(readme).contains("| %d | [%s](lessons/%s/%s.md) |".formatted(lesson.number(), lesson.title(),
					language.code(), lesson.name()));
		}
	}

	/**
	 * So that a reader knows which step {@code --check 2} means, wherever they read.
	 */
	@ParameterizedTest
	@MethodSource("names")
	void numbersItsSteps(String name) throws IOException {
		for (String language : List.of("en", "ko")) {
			List<String> steps = STEP.matcher(Files.readString(LAB.resolve("lessons").resolve(language).resolve(name)))
				.results()
				.map((heading) -> heading.group(1))
				.toList();
			assertThat(steps).as(language)
				.isNotEmpty()
				.isEqualTo(IntStream.rangeClosed(1, steps.size()).mapToObj((number) -> number + ". ").toList());
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void onlyTheProseDiffers(String name) throws IOException {
		assertThat(outline("ko", name)).isEqualTo(outline("en", name));
	}

	@ParameterizedTest
	@MethodSource("names")
	void bothLanguagesAskAndAnswerAtTheSamePlaces(String name) {
		assertThat(kinds(Language.KO, name)).isEqualTo(kinds(Language.EN, name));
	}

	/**
	 * For who cannot see it.
	 */
	@ParameterizedTest
	@MethodSource("names")
	void saysWhatADrawingShows(String name) throws IOException {
		for (String language : List.of("en", "ko")) {
			assertThat(
					Files.readString(LAB.resolve("lessons").resolve(language).resolve(name)).split("(?m)^```mermaid$"))
				.as(language)
				.satisfies((parts) -> assertThat(List.of(parts).subList(1, parts.length))
					.allMatch((drawing) -> drawing.split("(?m)^```$")[0].contains("\n  accTitle: ")));
		}
	}

	/**
	 * What a terminal keeps would change the next lesson that is typed there.
	 */
	@ParameterizedTest
	@MethodSource("names")
	void leavesNoVariableInTheTerminals(String name) {
		String typed = String.join("\n", typed(name));
		assertThat(EXPORT.matcher(typed).results().flatMap((export) -> Stream.of(export.group(1).split("\\s+"))))
			.map((assignment) -> assignment.replaceFirst("=.*", ""))
			.allSatisfy((variable) -> assertThat(typed)
				.containsPattern("(?m)^unset .*\\b" + Pattern.quote(variable) + "\\b"));
	}

	/**
	 * A person who types needs the PATH that a tour sets by itself, unless all that is
	 * typed is {@code ./lab}.
	 */
	@ParameterizedTest
	@MethodSource("names")
	void saysWhichPathItsTerminalsNeed(String name) throws IOException {
		String typed = String.join("\n", typed(name));
		if (typed.lines().allMatch((line) -> line.startsWith("./lab "))) {
			return;
		}
		String path = SHIMMED.matcher(typed).find() ? "export PATH=$PWD/kafka/bin:$PATH:$PWD/console/shims`"
				: "export PATH=$PWD/kafka/bin:$PATH";
		for (String language : List.of("en", "ko")) {
			String page = Files.readString(LAB.resolve("lessons").resolve(language).resolve(name));
			assertThat(page.substring(0, page.indexOf("\n## "))).contains(path);
		}
	}

	/**
	 * So that the page shows what the tour checks. What only Docker's broker shows may
	 * not be recorded yet.
	 */
	@ParameterizedTest
	@MethodSource("names")
	void showsAnOutputThatIsRight(String name) {
		for (Language language : Language.values()) {
			Lesson lesson = Lessons.in(LAB, Messages.in(language)).find(name.replace(".md", "")).orElseThrow();
			assertThat(lesson.steps()).flatMap(Lesson.Step::blocks)
				.filteredOn((block) -> block instanceof Run || block instanceof Watch)
				.filteredOn((block) -> block.only() != BrokerKind.DOCKER
						|| !((Recorded) block).recording().lines().isEmpty())
				.allSatisfy((block) -> assertThat(wrong((Recorded) block))
					.as("%s, line %d", language, ((Recorded) block).recording().after())
					.isEmpty());
		}
	}

	/**
	 * Returns the expectations of the block that its recorded output does not show, or
	 * shows although it must not.
	 */
	private static List<String> wrong(Recorded block) {
		Expectation expectation = (block instanceof Run run) ? run.expectation() : ((Watch) block).expectation();
		return (expectation == null) ? List.of()
				: expectation.check(block.recording().lines())
					.stream()
					.filter((check) -> !check.ok())
					.map(CheckResult::expected)
					.toList();
	}

	private static List<String> typed(String name) {
		Lesson lesson = Lessons.in(LAB, Messages.in(Language.EN)).find(name.replace(".md", "")).orElseThrow();
		return lesson.steps()
			.stream()
			.flatMap((step) -> step.blocks().stream())
			.flatMap((block) -> (block instanceof Run run) ? Stream.of(run.script().text())
					: (block instanceof Start start) ? Stream.of(start.script().text()) : Stream.empty())
			.toList();
	}

	/**
	 * Headings by their level, code by what it says.
	 */
	private static List<String> outline(String language, String name) throws IOException {
		List<String> outline = new ArrayList<>();
		Node document = Parser.builder()
			.build()
			.parse(Files.readString(LAB.resolve("lessons").resolve(language).resolve(name)));
		for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Heading heading) {
				outline.add("#".repeat(heading.getLevel()));
			}
			else if (node instanceof FencedCodeBlock drawing && drawing.getInfo().equals("mermaid")) {
				// its labels are in the lesson's language
				outline.add("```mermaid");
			}
			else if (node instanceof FencedCodeBlock code && !code.getInfo().startsWith("output")) {
				outline.add("```" + code.getInfo() + "\n" + code.getLiteral() + "```");
			}
			else if (node instanceof HtmlBlock html && html.getLiteral().startsWith("<!-- board")) {
				outline.add(PROSE_OF_A_TASK.matcher(html.getLiteral()).replaceAll("$1"));
			}
			else if (node instanceof HtmlBlock html) {
				outline.add(html.getLiteral().replaceAll(">[^<]+<", "><"));
			}
		}
		return outline;
	}

	private static List<List<String>> kinds(Language language, String name) {
		Lesson lesson = Lessons.in(LAB, Messages.in(language)).find(name.replace(".md", "")).orElseThrow();
		return lesson.steps()
			.stream()
			.map((step) -> step.blocks()
				.stream()
				.map((block) -> block.getClass().getSimpleName() + block.only())
				.toList())
			.toList();
	}

}
