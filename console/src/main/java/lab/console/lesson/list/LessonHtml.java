package lab.console.lesson.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
 * A lesson's Markdown as HTML, one section for what comes before the first step and one
 * for each step. Each block says in words which terminal it is for.
 */
final class LessonHtml {

	private LessonHtml() {
	}

	/**
	 * What stands under a heading; the heading itself is not part of it.
	 */
	record Section(String html) {
	}

	static List<Section> sections(String markdown, Messages messages) {
		HtmlRenderer renderer = HtmlRenderer.builder()
			.attributeProviderFactory((context) -> (node, tag, attributes) -> {
				if (node instanceof FencedCodeBlock code && tag.equals("pre")) {
					attributes.putAll(describe(code, messages));
				}
				else if (node instanceof Link link && !link.getDestination().contains(":")) {
					// as seen from the lesson's file
					attributes.put("href",
							"lessons/%s/%s".formatted(messages.language().code(), link.getDestination()));
				}
			})
			.build();
		List<Section> sections = new ArrayList<>();
		Node section = new Document();
		Node next = Parser.builder().build().parse(markdown).getFirstChild();
		while (next != null) {
			Node node = next;
			next = node.getNext();
			if (node instanceof Heading heading && heading.getLevel() == 2) {
				sections.add(new Section(renderer.render(section)));
				section = new Document();
			}
			else if (!(node instanceof Heading heading && heading.getLevel() == 1)) {
				section.appendChild(node);
			}
		}
		sections.add(new Section(renderer.render(section)));
		return sections;
	}

	private static Map<String, String> describe(FencedCodeBlock code, Messages messages) {
		String info = String.valueOf(code.getInfo()).strip();
		String kind = info.split("\\s+", 2)[0];
		if (!Set.of("sh", "expect", "stop").contains(kind)) {
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
