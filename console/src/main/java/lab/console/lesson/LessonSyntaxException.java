package lab.console.lesson;

import lombok.Getter;

/**
 * Thrown when a lesson's file does not have the format of a lesson.
 */
@Getter
class LessonSyntaxException extends RuntimeException {

	private final int line;

	private final String text;

	LessonSyntaxException(int line, String text) {
		super(text);
		this.line = line;
		this.text = text;
	}

}
