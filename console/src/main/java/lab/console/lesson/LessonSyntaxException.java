package lab.console.lesson;

import lombok.Getter;

/**
 * A lesson's file is not as a lesson should be.
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
