package lab.console.lesson.list;

import java.util.ArrayList;
import java.util.List;

import lab.console.lesson.Block;
import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lesson.Step;
import lab.console.terminal.Messages;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/**
 * What is printed of a lesson for a class: its questions, and what to remember. All but
 * the title is HTML.
 *
 * @param idea the lesson in a sentence or two
 * @param advice what to do in production; empty where the lesson does not say
 */
record Handout(String title, String idea, List<Question> questions, String advice) {

	/**
	 * A question that learners answer before they see what happens.
	 *
	 * @param step the number and the title of the step; empty before the first one
	 * @param answer its first paragraph; empty where the lesson's output is the answer
	 */
	record Question(String step, String question, String answer) {

		/**
		 * Whether an answer in that step is the answer to this question. The steps answer
		 * what is asked before the first one; a self-test answers only its own questions.
		 */
		private boolean isOpenIn(String step) {
			return this.answer.isEmpty() && (this.step.isEmpty() || this.step.equals(step));
		}

		private Question answered(String answer) {
			return new Question(this.step, this.question, answer);
		}

	}

	static Handout of(Lesson lesson, Messages messages) {
		return new Handout(lesson.title(), idea(lesson, messages), questions(lesson, messages),
				advice(lesson, messages));
	}

	/**
	 * Read by the template.
	 */
	boolean hasAdvice() {
		return !this.advice.isEmpty();
	}

	private static List<Question> questions(Lesson lesson, Messages messages) {
		List<Question> questions = new ArrayList<>();
		addQuestions("", lesson.intro(), questions, messages);
		for (int number = 1; number <= lesson.steps().size(); number++) {
			Step step = lesson.step(number);
			addQuestions("%d. %s".formatted(number, step.title()), step.blocks(), questions, messages);
		}
		return questions;
	}

	private static void addQuestions(String step, List<Block> blocks, List<Question> questions, Messages messages) {
		for (Block block : blocks) {
			int last = questions.size() - 1;
			if (block instanceof Prediction prediction) {
				questions.add(new Question(step, LessonHtml.inside(prediction.question(), messages), ""));
			}
			else if (block instanceof Answer answer && last >= 0 && questions.get(last).isOpenIn(step)) {
				questions.set(last, questions.get(last).answered(firstParagraph(answer, messages)));
			}
		}
	}

	private static String firstParagraph(Answer answer, Messages messages) {
		return answer.nodes()
			.stream()
			.filter(Paragraph.class::isInstance)
			.findFirst()
			.map((paragraph) -> LessonHtml.of(List.of(paragraph), messages))
			.orElse("");
	}

	/**
	 * Returns the first paragraph of the last step, with which every lesson begins its
	 * self-test.
	 */
	private static String idea(Lesson lesson, Messages messages) {
		return prose(lesson.step(lesson.steps().size())).stream()
			.findFirst()
			.map((node) -> LessonHtml.of(List.of(node), messages))
			.orElse("");
	}

	/**
	 * Returns the lists of the steps in which nothing is run.
	 */
	private static String advice(Lesson lesson, Messages messages) {
		List<Node> lists = lesson.steps()
			.stream()
			.filter((step) -> step.blocks().stream().allMatch(Prose.class::isInstance))
			.flatMap((step) -> prose(step).stream())
			.filter(ListBlock.class::isInstance)
			.toList();
		return LessonHtml.of(lists, messages);
	}

	private static List<Node> prose(Step step) {
		return step.blocks().stream().filter(Prose.class::isInstance).map(Prose.class::cast).map(Prose::node).toList();
	}

}
