package lab.console.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a learner does on the board instead of a terminal: answers the question, acts, and
 * sees what the group does.
 *
 * @param needs what must hold before it can be begun
 * @param choices the answers to choose from; empty where nothing is asked
 * @param instructions what to do, in this order
 */
public record BoardTask(List<Need> needs, List<Choice> choices, List<Instruction> instructions) {

	private static final Pattern LINE = Pattern.compile("(?<kind>need|do|see|-|\\+)(?<rest>(?:\\s|:).*)");

	private static final Pattern TARGET = Pattern
		.compile("|grow|send (1|10|200)|(start|stop|kill|pause|resume) [a-z]+\\d*");

	/**
	 * What must hold at the beginning.
	 *
	 * @param advice Markdown: what to do where it does not hold
	 */
	public record Need(BoardCondition condition, String advice) {
	}

	/**
	 * An answer to choose.
	 *
	 * @param text Markdown
	 */
	public record Choice(String text, boolean right) {
	}

	/**
	 * What to do next.
	 *
	 * @param target the button to press, such as {@code send 10}; null where there is
	 * none
	 * @param text Markdown
	 * @param conditions what must be observed at once
	 */
	public record Instruction(@Nullable String target, String text, List<BoardCondition> conditions) {
	}

	/**
	 * Parses the lines of a comment.
	 * @param firstLine the number of the first one in the file
	 * @throws LessonSyntaxException with the line of the error
	 */
	static BoardTask parse(List<String> lines, int firstLine) {
		List<Need> needs = new ArrayList<>();
		List<Choice> choices = new ArrayList<>();
		List<Instruction> instructions = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			try {
				if (!line.isEmpty()) {
					parse(line, needs, choices, instructions);
				}
			}
			catch (IllegalArgumentException ex) {
				throw new LessonSyntaxException(firstLine + i, line);
			}
		}
		long right = choices.stream().filter(Choice::right).count();
		if (instructions.isEmpty() || instructions.stream().anyMatch((next) -> next.conditions().isEmpty())
				|| (!choices.isEmpty() && (right != 1 || choices.size() < 2))) {
			throw new LessonSyntaxException(firstLine - 1, "board");
		}
		return new BoardTask(needs, choices, instructions);
	}

	private static void parse(String line, List<Need> needs, List<Choice> choices, List<Instruction> instructions) {
		Matcher parts = LINE.matcher(line);
		if (!parts.matches()) {
			throw new IllegalArgumentException(line);
		}
		String rest = parts.group("rest").strip();
		switch (parts.group("kind")) {
			case "need" -> needs.add(new Need(BoardCondition.parse(before(rest)), after(rest)));
			case "do" -> instructions.add(new Instruction(target(before(rest)), after(rest), new ArrayList<>()));
			case "see" -> {
				if (instructions.isEmpty()) {
					throw new IllegalArgumentException(line);
				}
				instructions.get(instructions.size() - 1).conditions().add(BoardCondition.parse(rest));
			}
			default -> choices.add(new Choice(notBlank(rest), parts.group("kind").equals("+")));
		}
	}

	private static @Nullable String target(String text) {
		if (!TARGET.matcher(text).matches()) {
			throw new IllegalArgumentException(text);
		}
		return text.isEmpty() ? null : text;
	}

	private static String before(String rest) {
		return rest.substring(0, colon(rest)).strip();
	}

	private static String after(String rest) {
		return notBlank(rest.substring(colon(rest) + 1));
	}

	private static int colon(String rest) {
		int colon = rest.indexOf(':');
		if (colon < 0) {
			throw new IllegalArgumentException(rest);
		}
		return colon;
	}

	private static String notBlank(String text) {
		if (text.isBlank()) {
			throw new IllegalArgumentException(text);
		}
		return text.strip();
	}

}
