package lab.console.lesson;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;

/**
 * Adapts a lesson to a shared cluster: in the lesson's code, in what it expects and in
 * the quoted attributes of its blocks, its address replaces that of the lab's broker, and
 * a prefix is put before all names of topics and groups.
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
	 * What a product adds to the name of its topic or group, for topics of its own.
	 */
	private static final List<String> SUFFIXES = List.of("-dlt", "_handled", "_rebalances");

	/**
	 * Finds the names of topics and groups in commands, also several names and patterns:
	 * {@code 'walk-.*|shop-orders.*'}.
	 */
	private static final Pattern NAMING = Pattern
		.compile("(?:--topic|--include|--group|--transactional-id|[.-]topic=|\\btopics=|\\.group=|group\\.id=)"
				+ "\\s*=?\\s*['\"]?([A-Za-z0-9][\\w.*|,-]*)");

	private static final Pattern NAMES_OF_ONE_OPTION = Pattern.compile("[,|]");

	private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

	/**
	 * Renames in a document that is not yet parsed into a lesson.
	 * @return the topics and groups that the lesson may create, as they are called there
	 */
	Set<String> applyTo(Node document) {
		Set<String> names = new TreeSet<>(NAMES_OF_THE_SERVICES);
		document.accept(new AbstractVisitor() {
			@Override
			public void visit(FencedCodeBlock code) {
				if (String.valueOf(code.getInfo()).startsWith("output")) {
					return;
				}
				NAMING.matcher(code.getLiteral())
					.results()
					.flatMap((naming) -> NAMES_OF_ONE_OPTION.splitAsStream(naming.group(1)))
					.map((name) -> name.replaceFirst("\\.?\\*.*", ""))
					.filter(Predicate.not(String::isEmpty))
					.forEach(names::add);
			}
		});
		if (!equals(NONE)) {
			renameIn(document, names);
		}
		return names.stream()
			.filter((name) -> !endsWithSeparator(name))
			.flatMap((name) -> Stream.concat(Stream.of(name), SUFFIXES.stream().map(name::concat)))
			.map(this.prefix::concat)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Whether the name can only be the beginning of others.
	 */
	private static boolean endsWithSeparator(String name) {
		return name.matches(".*[._-]");
	}

	private void renameIn(Node document, Set<String> names) {
		Pattern anyName = Pattern.compile("(?<![\\w.-])(?:" + names.stream()
			.sorted(Comparator.comparing(String::length).reversed())
			.map(Pattern::quote)
			.collect(Collectors.joining("|")) + ")(?!\\w)");
		document.accept(new AbstractVisitor() {
			@Override
			public void visit(FencedCodeBlock code) {
				code.setLiteral(rename(code.getLiteral(), anyName));
				if (code.getInfo() != null) {
					code.setInfo(QUOTED.matcher(code.getInfo())
						.replaceAll((value) -> Matcher.quoteReplacement(rename(value.group(), anyName))));
				}
			}

			@Override
			public void visit(HtmlBlock html) {
				html.setLiteral(rename(html.getLiteral(), anyName));
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
