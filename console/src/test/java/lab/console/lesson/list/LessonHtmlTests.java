package lab.console.lesson.list;

import lab.console.terminal.Messages.Language;
import lab.console.terminal.Messages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

}
