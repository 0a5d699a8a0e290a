package lab.console.lesson;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;

/**
 * Leads a lesson to a cluster that many share: its address, and a prefix before all names
 * of topics and groups, wherever the lesson has them in code.
 *
 * @param bootstrapServer the cluster's address
 * @param prefix what comes before each name
 */
public record Renaming(String bootstrapServer, String prefix) {

	/**
	 * To the lab's own broker, which nobody shares.
	 */
	public static final Renaming NONE = new Renaming("localhost:9092", "");

	/**
	 * What the services use without being told in a lesson.
	 */
	private static final Set<String> NAMES_OF_THE_SERVICES = Set.of("topic_example", "topic_example-dlt", "product",
			"product_handled", "product_rebalances");

	/**
	 * What names a topic or a group in a command.
	 */
	private static final Pattern NAMING = Pattern.compile(
			"(?:--topic|--group|--transactional-id|[.-]topic=|\\.group=|group\\.id=)\\s*=?\\s*([A-Za-z0-9][\\w.-]*)");

	/**
	 * Renames in the document, as long as it is not yet read.
	 */
	void applyTo(Node document) {
		if (equals(NONE)) {
			return;
		}
		Set<String> names = new TreeSet<>(NAMES_OF_THE_SERVICES);
		document.accept(new AbstractVisitor() {
			@Override
			public void visit(FencedCodeBlock code) {
				Matcher naming = NAMING.matcher(code.getLiteral());
				while (naming.find()) {
					names.add(naming.group(1));
				}
			}
		});
		Pattern anyName = Pattern.compile("(?<![\\w.-])(?:" + names.stream()
			.sorted(Comparator.comparing(String::length).reversed())
			.map(Pattern::quote)
			.collect(Collectors.joining("|")) + ")(?!\\w)");
		document.accept(new AbstractVisitor() {
			@Override
			public void visit(FencedCodeBlock code) {
				code.setLiteral(rename(code.getLiteral(), anyName));
			}

			@Override
			public void visit(Code code) {
				code.setLiteral(rename(code.getLiteral(), anyName));
			}
		});
	}

	private String rename(String text, Pattern anyName) {
		return anyName.matcher(text)
			.replaceAll((name) -> Matcher.quoteReplacement(this.prefix + name.group()))
			.replace(NONE.bootstrapServer(), this.bootstrapServer);
	}

}
