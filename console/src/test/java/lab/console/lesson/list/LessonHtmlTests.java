package lab.console.lesson.list;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.Expectation;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.Messages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lesson's Markdown as the page shows it.
 */
class LessonHtmlTests {

	@ParameterizedTest
	@CsvSource({ "04-partitions.md, lessons.html?lesson=partitions&amp;lang=ko",
			"../12-events/EmailService.java, lessons/ko/../12-events/EmailService.java",
			"https://kafka.apache.org/, https://kafka.apache.org/" })
	void aLinkToAnotherLessonStaysOnThePage(String destination, String href) {
		assertThat(LessonHtml.sections("# One\n\n[a link](" + destination + ")\n", Messages.in(Language.KO)))
			.singleElement()
			.asString()
			.contains("<a href=\"" + href + "\">a link</a>");
	}

	/**
	 * What a lesson expects is in comments; a reader sees lines of an output.
	 */
	@ParameterizedTest
	@EnumSource
	void showsNoRegularExpression(Language language) {
		Messages messages = Messages.in(language);
		Path lab = Path.of("..");
		for (Lesson lesson : Lessons.in(lab, messages).all()) {
			String seen = String.join("", LessonHtml.sections(Lessons.markdown(lab, messages, lesson), messages))
				.replaceAll("(?s)<!--.*?-->", "");
			assertThat(expected(lesson)).filteredOn((text) -> text.matches("!?/.*/"))
				.noneMatch((text) -> seen.contains(HtmlUtils.htmlEscape(text)));
		}
	}

	private static List<String> expected(Lesson lesson) {
		return lesson.steps()
			.stream()
			.flatMap((step) -> step.blocks().stream())
			.map((block) -> (block instanceof Run run) ? run.expectation()
					: (block instanceof Watch watch) ? watch.expectation() : null)
			.filter(Objects::nonNull)
			.flatMap((expectation) -> expectation.lines().stream())
			.map(Expectation.Expected::text)
			.toList();
	}

}
