package lab.console.board;

import java.util.Random;

import lab.console.terminal.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Patches between states, as RFC 7396 wants them.
 */
class MergePatchTests {

	/**
	 * The examples of the RFC's appendix A that are about objects.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"a":"b"}            | {"a":"c"}                  | {"a":"c"}
			{"a":"b"}            | {"b":"c"}                  | {"a":"b","b":"c"}
			{"a":"b"}            | {"a":null}                 | {}
			{"a":"b","b":"c"}    | {"a":null}                 | {"b":"c"}
			{"a":["b"]}          | {"a":"c"}                  | {"a":"c"}
			{"a":"c"}            | {"a":["b"]}                | {"a":["b"]}
			{"a":{"b":"c"}}      | {"a":{"b":"d","c":null}}   | {"a":{"b":"d"}}
			{"a":[{"b":"c"}]}    | {"a":[1]}                  | {"a":[1]}
			{"a":"foo"}          | {"a":{"b":1}}              | {"a":{"b":1}}
			{}                   | {"a":{"bb":{"ccc":null}}}  | {"a":{"bb":{}}}
			""")
	void appliesWhatTheStandardShows(String original, String patch, String result) {
		ObjectNode target = object(original);
		MergePatch.apply(object(patch), target);
		assertThat(target).isEqualTo(object(result));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"a":1,"b":{"c":2}}  | {"a":1,"b":{"c":2}}        | {}
			{"a":1,"b":2}        | {"b":2}                    | {"a":null}
			{"a":{"b":1,"c":2}}  | {"a":{"b":1,"c":3}}        | {"a":{"c":3}}
			{"a":{"b":1}}        | {"a":{}}                   | {"a":{"b":null}}
			{"a":[1,2]}          | {"a":[1,3]}                | {"a":[1,3]}
			{}                   | {"a":{}}                   | {"a":{}}
			""")
	void tellsNoMoreThanWhatDiffers(String from, String to, String patch) {
		assertThat(MergePatch.between(object(from), object(to))).isEqualTo(object(patch));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 8, 13, 21, 34 })
	void aPatchMakesTheOneIntoTheOther(int seed) {
		Random random = new Random(seed);
		ObjectNode state = tree(random, 4);
		for (int i = 0; i < 200; i++) {
			ObjectNode next = (i % 2 == 0) ? changed(state, random) : tree(random, 4);
			ObjectNode patched = state.deepCopy();
			MergePatch.apply(object(MergePatch.between(state, next).toString()), patched);
			assertThat(patched).as("seed %d, step %d, from %s", seed, i, state).isEqualTo(next);
			state = next;
		}
	}

	@Test
	void whatWasPutTogetherOfAPatchIsNotChangedByTheNextOne() {
		ObjectNode patch = object("{\"a\":{\"b\":{\"c\":1}}}");
		ObjectNode state = object("{}");
		MergePatch.apply(patch, state);
		MergePatch.apply(object("{\"a\":{\"b\":{\"c\":2}}}"), state);
		assertThat(patch).isEqualTo(object("{\"a\":{\"b\":{\"c\":1}}}"));
	}

	private static ObjectNode tree(Random random, int depth) {
		ObjectNode tree = object("{}");
		for (int i = random.nextInt(4); i >= 0; i--) {
			put(tree, "k" + random.nextInt(5), random, depth);
		}
		return tree;
	}

	private static void put(ObjectNode tree, String name, Random random, int depth) {
		switch (random.nextInt((depth > 0) ? 5 : 4)) {
			case 0 -> tree.put(name, random.nextInt(3));
			case 1 -> tree.put(name, "text " + random.nextInt(3));
			case 2 -> tree.putArray(name).add(random.nextInt(3)).addObject().put("in", random.nextInt(3));
			case 3 -> tree.putObject(name);
			default -> tree.set(name, tree(random, depth - 1));
		}
	}

	private static ObjectNode changed(ObjectNode tree, Random random) {
		ObjectNode changed = tree.deepCopy();
		changed.remove("k" + random.nextInt(5));
		put(changed, "k" + random.nextInt(5), random, 2);
		return changed;
	}

	private static ObjectNode object(String json) {
		return (ObjectNode) Json.read(json);
	}

}
