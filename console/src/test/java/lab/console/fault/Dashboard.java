package lab.console.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.terminal.Json;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * What {@code kafka/monitoring} asks Prometheus, in the dashboard's panels and in the
 * alerts.
 */
public final class Dashboard {

	public static final Path FOLDER = TestLab.ROOT.resolve("kafka/monitoring");

	private static final Pattern METRIC = Pattern.compile("\\b(?:kafka|spring)_\\w+");

	private Dashboard() {
	}

	public static JsonNode json() {
		return Json.read(read("grafana/dashboards/consumer-group.json"));
	}

	public static Map<String, Object> yaml(String file) {
		return new Yaml().load(read(file));
	}

	public static List<JsonNode> panels() {
		return json().path("panels").valueStream().toList();
	}

	/**
	 * What the panels ask, with what Grafana would fill in.
	 */
	public static List<String> queries(String group) {
		return targets()
			.map((target) -> target.path("expr").asString().replace("$group", group).replace("$__rate_interval", "10s"))
			.toList();
	}

	public static Stream<JsonNode> targets() {
		return panels().stream().flatMap((panel) -> panel.path("targets").valueStream());
	}

	/**
	 * The metrics that the dashboard and the alerts name.
	 */
	public static Set<String> metrics() {
		String asked = read("alerts.yml")
				+ targets().map((target) -> target.path("expr").asString()).collect(Collectors.joining("\n", "\n", ""));
		return METRIC.matcher(asked).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
	}

	public static String read(String file) {
		try {
			return Files.readString(FOLDER.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
