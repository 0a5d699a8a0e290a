package lab.console.board;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON merge patches (RFC 7396): a member that is removed is null, objects are compared
 * member by member, everything else is replaced as a whole.
 */
final class MergePatch {

	private MergePatch() {
	}

	/**
	 * Returns the patch from one object to the other, neither of which has members that
	 * are null.
	 */
	static ObjectNode between(JsonNode from, JsonNode to) {
		ObjectNode patch = JsonNodeFactory.instance.objectNode();
		from.propertyStream()
			.filter((member) -> !to.has(member.getKey()))
			.forEach((gone) -> patch.putNull(gone.getKey()));
		to.propertyStream().forEach((member) -> {
			JsonNode was = from.get(member.getKey());
			JsonNode is = member.getValue();
			if (was != null && was.isObject() && is.isObject()) {
				ObjectNode inner = between(was, is);
				if (!inner.isEmpty()) {
					patch.set(member.getKey(), inner);
				}
			}
			else if (!is.equals(was)) {
				patch.set(member.getKey(), is);
			}
		});
		return patch;
	}

	/**
	 * Applies the patch to the target.
	 */
	static void apply(JsonNode patch, ObjectNode target) {
		patch.propertyStream().forEach((member) -> {
			String name = member.getKey();
			if (member.getValue().isNull()) {
				target.remove(name);
			}
			else if (member.getValue().isObject()) {
				ObjectNode inner = target.path(name).isObject() ? (ObjectNode) target.get(name)
						: target.putObject(name);
				apply(member.getValue(), inner);
			}
			else {
				target.set(name, member.getValue());
			}
		});
	}

}
