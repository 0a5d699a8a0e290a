package lab.console.lesson.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import lab.console.lesson.Attributes;
import lab.console.terminal.Messages;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Renders a lesson's Markdown as HTML. The label of each block says which terminal it is
 * for.
 */
public final class LessonHtml {

	private static final Pattern LESSON = Pattern.compile("\\d+-(.+)\\.md");

	private LessonHtml() {
	}

	/**
	 * Returns where a link of a lesson's file leads to on the page: another lesson is a
	 * page, too; any other file is one beside the lessons.
	 */
	private static String target(String destination, Messages messages) {
		Matcher lesson = LESSON.matcher(destination);
		String language = messages.language().code();
		return lesson.matches() ? "lessons.html?lesson=%s&lang=%s".formatted(lesson.group(1), language)
				: "lessons/%s/%s".formatted(language, destination);
	}

	/**
	 * Returns the HTML of the introduction, and then of each step, without its heading.
	 */
	static List<String> sections(String markdown, Messages messages) {
		HtmlRenderer renderer = renderer(messages);
		List<String> sections = new ArrayList<>();
		Node section = new Document();
		Node next = Parser.builder().build().parse(markdown).getFirstChild();
		while (next != null) {
			Node node = next;
			next = node.getNext();
			if (node instanceof Heading heading && heading.getLevel() == 2) {
				sections.add(renderer.render(section));
				section = new Document();
			}
			else if (!(node instanceof Heading heading && heading.getLevel() == 1)) {
				section.appendChild(node);
			}
		}
		sections.add(renderer.render(section));
		return sections;
	}

	/**
	 * Returns the HTML of some nodes, one after the other.
	 */
	public static String of(List<Node> nodes, Messages messages) {
		HtmlRenderer renderer = renderer(messages);
		return nodes.stream().map(renderer::render).collect(Collectors.joining());
	}

	/**
	 * Returns the HTML of what is inside a node, such as a block quote.
	 */
	public static String inside(Node node, Messages messages) {
		List<Node> children = new ArrayList<>();
		for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
			children.add(child);
		}
		return of(children, messages);
	}

	/**
	 * Returns the HTML of one paragraph's Markdown, without the paragraph.
	 */
	public static String inline(String markdown, Messages messages) {
		return inside(Parser.builder().enabledBlockTypes(Set.of()).build().parse(markdown).getFirstChild(), messages);
	}

	private static HtmlRenderer renderer(Messages messages) {
		return HtmlRenderer.builder().attributeProviderFactory((context) -> (node, tag, attributes) -> {
			if (node instanceof FencedCodeBlock code && tag.equals("pre")) {
				attributes.putAll(describe(code, messages));
			}
			else if (node instanceof Link link && !link.getDestination().contains(":")) {
				attributes.put("href", target(link.getDestination(), messages));
			}
		}).build();
	}

	private static Map<String, String> describe(FencedCodeBlock code, Messages messages) {
		String info = String.valueOf(code.getInfo()).strip();
		String kind = info.split("\\s+", 2)[0];
		if (!Set.of("sh", "output", "stop").contains(kind)) {
			return Map.of();
		}
		Attributes attributes = Attributes.parse(info.substring(kind.length()),
				Set.of("service", "ready", "within", "broker", "status", "log"));
		String terminal = (attributes.get("service") != null) ? attributes.get("service") : attributes.get("log");
		String label = messages.get("page.block." + kind);
		if (terminal != null) {
			label += " · " + messages.get("page.terminal", terminal);
		}
		if (attributes.has("only")) {
			label += " · " + messages.get("page.only." + attributes.get("only"));
		}
		return Map.of("class", kind, "data-label", label);
	}

}
