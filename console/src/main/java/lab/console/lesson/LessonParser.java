package lab.console.lesson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Hint;
import lab.console.lesson.Block.OnBoard;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Recorded;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Script;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Stop;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.Expectation.Expected;
import lab.console.lesson.Lesson.Step;
import lab.console.terminal.BrokerKind;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Parses a lesson's Markdown; {@code lessons/README.md} describes the format. A parser
 * parses one lesson.
 */
public final class LessonParser {

	/**
	 * Long enough for Maven to download what a command needs.
	 */
	private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);

	private static final Set<String> QUESTIONS = Set.of("Predict", "예상");

	private static final Set<String> HINTS = Set.of("If you see something else", "다르게 나오면");

	/**
	 * A comment: {@code expect} and its attributes, and below it the expected lines.
	 */
	private static final Pattern EXPECT = Pattern
		.compile("\\s*<!-- expect\\b(?<attributes>[^\n]*)\\n(?<lines>.*?)-->\\s*", Pattern.DOTALL);

	/**
	 * A comment: {@code board}, and below it the lines of a {@link BoardTask}.
	 */
	private static final Pattern BOARD = Pattern.compile("\\s*<!-- board *\\n(?<lines>.*?)-->\\s*", Pattern.DOTALL);

	private static final Pattern NUMBERED = Pattern.compile("(?<number>\\d+)\\. (?<title>.+)");

	private static final Pattern SUMMARY = Pattern.compile("<summary>(.*?)</summary>", Pattern.DOTALL);

	/**
	 * Marks a lesson that stops its broker or reads the broker's files.
	 */
	private static final String OWN_BROKER = "<!-- own broker -->";

	private final String name;

	private final List<Block> intro = new ArrayList<>();

	private final List<Step> steps = new ArrayList<>();

	private final Set<String> services = new HashSet<>();

	/**
	 * The blocks of the part that is being parsed: the introduction, or a step.
	 */
	private List<Block> blocks = this.intro;

	private @Nullable String title;

	private boolean ownBroker;

	/**
	 * Whether there is a question that no block for the board has answers for.
	 */
	private boolean asked;

	private @Nullable List<Node> answer;

	private LessonParser(String name) {
		this.name = name;
	}

	/**
	 * Parses a lesson.
	 * @throws LessonSyntaxException with the line of the error
	 */
	public static Lesson parse(String name, String markdown, Renaming renaming) {
		Node document = Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build().parse(markdown);
		Set<String> names = renaming.applyTo(document);
		LessonParser parser = new LessonParser(name);
		for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
			try {
				parser.add(node);
			}
			catch (PatternSyntaxException ex) {
				throw new LessonSyntaxException(line(node), ex.getPattern());
			}
			catch (IllegalArgumentException ex) {
				throw new LessonSyntaxException(line(node), String.valueOf(ex.getMessage()));
			}
		}
		if (parser.title == null || parser.steps.isEmpty()) {
			throw new LessonSyntaxException(1, (parser.title == null) ? "#" : "##");
		}
		Lesson lesson = new Lesson(name, parser.title, parser.intro, parser.steps, parser.ownBroker, names);
		if (lesson.steps().stream().anyMatch(Step::onBoard) && !lesson.onBoard()) {
			// the lesson could not be done there to its end
			throw new LessonSyntaxException(1, "board");
		}
		return lesson;
	}

	/**
	 * Returns the line of the file in which the node begins, from 1.
	 */
	private static int line(Node node) {
		return node.getSourceSpans().isEmpty() ? 1 : node.getSourceSpans().get(0).getLineIndex() + 1;
	}

	/**
	 * Returns the line of the file in which the node ends, from 1.
	 */
	private static int lastLine(Node node) {
		int spans = node.getSourceSpans().size();
		return (spans == 0) ? 1 : node.getSourceSpans().get(spans - 1).getLineIndex() + 1;
	}

	private void add(Node node) {
		if (node instanceof Heading heading && heading.getLevel() == 1 && this.title == null) {
			this.title = PlainText.of(heading);
		}
		else if (node instanceof Heading heading && heading.getLevel() == 2) {
			this.blocks = new ArrayList<>();
			this.steps.add(new Step(stepTitle(PlainText.of(heading)), this.blocks));
		}
		else if (node instanceof HtmlBlock html && html.getLiteral().matches("(?s)\\s*<!--\\s*expect.*")) {
			expect(html);
		}
		else if (node instanceof HtmlBlock html && html.getLiteral().matches("(?s)\\s*<!--\\s*board\\b.*")) {
			onBoard(html);
		}
		else if (node instanceof HtmlBlock html) {
			fold(html.getLiteral().strip());
		}
		else if (node instanceof FencedCodeBlock code && kind(code).equals("mermaid")) {
			return; // a drawing, which a terminal cannot show
		}
		else if (this.answer != null) {
			this.answer.add(node);
		}
		else if (node instanceof FencedCodeBlock code && isExecutable(code)) {
			if (this.steps.isEmpty()) {
				throw new IllegalArgumentException(code.getInfo());
			}
			addExecutable(code);
		}
		else if (begins(node, QUESTIONS)) {
			this.asked = true;
			this.blocks.add(new Prediction(node));
		}
		else {
			this.blocks.add(begins(node, HINTS) ? new Hint(node) : new Prose(node, null));
		}
	}

	/**
	 * Returns the heading without its number, which must be the step's where it has one.
	 */
	private String stepTitle(String heading) {
		Matcher numbered = NUMBERED.matcher(heading);
		if (!numbered.matches()) {
			return heading;
		}
		if (!numbered.group("number").equals(String.valueOf(this.steps.size() + 1))) {
			throw new IllegalArgumentException(heading);
		}
		return numbered.group("title");
	}

	/**
	 * Takes what is inside of {@code <details>} as an answer. Other HTML, such as a
	 * comment, is ignored.
	 */
	private void fold(String html) {
		if (html.startsWith("<details")) {
			this.answer = new ArrayList<>(summary(html));
			this.blocks.add(new Answer(this.answer));
		}
		else if (html.startsWith("</details")) {
			this.answer = null;
		}
		else if (html.equals(OWN_BROKER)) {
			this.ownBroker = true;
		}
	}

	/**
	 * Returns the text of {@code <summary>} as a heading; none where it has no text.
	 */
	private static List<Node> summary(String html) {
		Matcher summary = SUMMARY.matcher(html);
		String text = summary.find() ? summary.group(1).strip().replaceAll("\\s+", " ") : "";
		Parser parser = Parser.builder().enabledBlockTypes(Set.of(Heading.class)).build();
		return text.isEmpty() ? List.of() : List.of(parser.parse("### " + text).getFirstChild());
	}

	private static boolean begins(Node node, Set<String> words) {
		return node instanceof BlockQuote && node.getFirstChild() instanceof Paragraph paragraph
				&& paragraph.getFirstChild() instanceof StrongEmphasis strong
				&& strong.getFirstChild() instanceof Text text
				&& words.stream().anyMatch(text.getLiteral()::startsWith);
	}

	private static boolean isExecutable(FencedCodeBlock code) {
		return Set.of("sh", "output", "stop", "expect").contains(kind(code));
	}

	private static String kind(FencedCodeBlock code) {
		return String.valueOf(code.getInfo()).strip().split("\\s+", 2)[0];
	}

	private void addExecutable(FencedCodeBlock code) {
		String kind = kind(code);
		String attributes = code.getInfo().strip().substring(kind.length());
		Block block = switch (kind) {
			case "sh" ->
				command(code, Attributes.parse(attributes, Set.of("service", "ready", "within", "broker", "status")));
			case "output" -> recorded(code, Attributes.parse(attributes, Set.of("log")));
			case "stop" -> {
				Attributes stop = Attributes.parse(attributes, Set.of("service"));
				yield new Stop(known(stop.required("service")), stop.only());
			}
			default -> throw new IllegalArgumentException(kind);
		};
		add(block);
	}

	private void add(Block block) {
		introduceFor(block.only());
		this.blocks.add(block);
	}

	private Block command(FencedCodeBlock code, Attributes attributes) {
		Script script = new Script(code.getLiteral().stripTrailing(), attributes.has("broker"));
		Duration limit = attributes.duration("within", DEFAULT_LIMIT);
		RecordedOutput none = new RecordedOutput(List.of(), lastLine(code), lastLine(code));
		if (!attributes.has("service")) {
			return new Run(script, limit, attributes.number("status", 0), null, attributes.only(), none);
		}
		String service = attributes.required("service");
		this.services.add(service);
		return new Start(service, script, attributes.required("ready"), limit, attributes.only(), none);
	}

	/**
	 * Returns the block above with that output.
	 */
	private Block recorded(FencedCodeBlock code, Attributes attributes) {
		if (!(last() instanceof Recorded above) || !above.recording().lines().isEmpty()
				|| !Objects.equals(attributes.get("log"), above.terminal())) {
			throw new IllegalArgumentException("output");
		}
		this.blocks.remove(this.blocks.size() - 1);
		return above
			.with(new RecordedOutput(code.getLiteral().lines().toList(), above.recording().after(), lastLine(code)));
	}

	private @Nullable Block last() {
		return this.blocks.isEmpty() ? null : this.blocks.get(this.blocks.size() - 1);
	}

	/**
	 * Adds what the comment expects. An expectation on a service's log is a block of its
	 * own. One on a command's output replaces the command's block by one with the
	 * expectation.
	 */
	private void expect(HtmlBlock comment) {
		Matcher parts = EXPECT.matcher(comment.getLiteral());
		if (!parts.matches() || this.answer != null) {
			throw new IllegalArgumentException("expect");
		}
		Attributes attributes = Attributes.parse(parts.group("attributes"), Set.of("log", "within", "check"));
		List<Expected> lines = parts.group("lines")
			.lines()
			.filter((line) -> !line.isBlank())
			.map(Expected::of)
			.toList();
		boolean check = attributes.has("check");
		Expectation expectation = new Expectation(lines, attributes.duration("within", Duration.ZERO), check);
		String log = attributes.get("log");
		Block before = last();
		if (lines.isEmpty() || (check && (log != null || !canBeCheck(before, lines)))) {
			throw new IllegalArgumentException("check");
		}
		RecordedOutput none = new RecordedOutput(List.of(), lastLine(comment), lastLine(comment));
		if (log != null) {
			add(new Watch(known(log), expectation, attributes.only(), none));
		}
		else if (attributes.has("only")) {
			throw new IllegalArgumentException("only");
		}
		else if (before instanceof Start start && start.recording().lines().isEmpty()) {
			this.blocks.add(new Watch(start.service(), expectation, start.only(), none));
		}
		else if (before instanceof Run run && run.expectation() == null && run.recording().lines().isEmpty()) {
			this.blocks.remove(this.blocks.size() - 1);
			this.blocks.add(run.expecting(expectation).with(none));
		}
		else {
			throw new IllegalArgumentException("expect");
		}
	}

	/**
	 * Adds what to do on the board. Its choices answer the last question before it, which
	 * no other block has answers for.
	 */
	private void onBoard(HtmlBlock comment) {
		Matcher parts = BOARD.matcher(comment.getLiteral());
		if (!parts.matches() || this.answer != null || this.steps.isEmpty()) {
			throw new IllegalArgumentException("board");
		}
		BoardTask task = BoardTask.parse(parts.group("lines").lines().toList(), line(comment) + 1);
		if (!task.choices().isEmpty() && !this.asked) {
			throw new IllegalArgumentException("board");
		}
		this.asked = this.asked && task.choices().isEmpty();
		this.blocks.add(new OnBoard(task));
	}

	/**
	 * A check repeats a command that does not depend on the broker's kind, and requires a
	 * line: without one it would pass where nothing was done.
	 */
	private static boolean canBeCheck(@Nullable Block before, List<Expected> lines) {
		return before instanceof Run && before.only() == null && !lines.stream().allMatch(Expected::forbidden);
	}

	private String known(String service) {
		if (!this.services.contains(service)) {
			throw new IllegalArgumentException(service);
		}
		return service;
	}

	/**
	 * Limits a paragraph that ends with a colon, such as "With Docker:", to the broker
	 * that the block after it is for.
	 */
	private void introduceFor(@Nullable BrokerKind only) {
		int last = this.blocks.size() - 1;
		if (only != null && last >= 0 && this.blocks.get(last) instanceof Prose prose
				&& prose.node() instanceof Paragraph paragraph && PlainText.of(paragraph).endsWith(":")) {
			this.blocks.set(last, new Prose(prose.node(), only));
		}
	}

}
