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
 * Adapts a lesson to a shared cluster: in the lesson's code, its address replaces that of
 * the lab's broker, and a prefix is put before all names of topics and groups.
 *
 * @param bootstrapServer the cluster's address
 * @param prefix what is put before each name
 */
public record Renaming(String bootstrapServer, String prefix) {

	/**
	 * For the lab's own broker: changes nothing.
	 */
	public static final Renaming NONE = new Renaming("localhost:9092", "");

	/**
	 * The names that the services use by default.
	 */
	private static final Set<String> NAMES_OF_THE_SERVICES = Set.of("topic_example", "topic_example-dlt", "product",
			"product_handled", "product_rebalances");

	/**
	 * Finds the names of topics and groups in commands.
	 */
	private static final Pattern NAMING = Pattern.compile(
			"(?:--topic|--group|--transactional-id|[.-]topic=|\\.group=|group\\.id=)\\s*=?\\s*([A-Za-z0-9][\\w.-]*)");

	/**
	 * Renames in a document that is not yet parsed into a lesson.
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
