package lab.console.instance;

import java.util.List;
import java.util.Map;

import lab.console.fault.Dashboard;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of {@code kafka/monitoring} agree with each other: a dashboard that is not
 * found, or asks a source that is not there, is an empty page without a word.
 */
class MonitoringFilesTests {

	@Test
	void everyPanelIsKnownByItsNumberAndAsksTheSourceThatIsProvisioned() {
		List<Map<String, Object>> sources = list(
				Dashboard.yaml("grafana/provisioning/datasources/prometheus.yml").get("datasources"));
		assertThat(Dashboard.panels()).isNotEmpty()
			.doesNotHaveDuplicates()
			.extracting((panel) -> panel.path("id").asInt())
			.doesNotHaveDuplicates();
		assertThat(Dashboard.json().findValues("datasource")).hasSizeGreaterThan(Dashboard.panels().size())
			.extracting((source) -> source.path("uid").asString())
			.containsOnly((String) sources.get(0).get("uid"));
	}

	@Test
	void noTwoPanelsOverlapAndEachSaysWhatItShows() {
		List<JsonNode> panels = Dashboard.panels();
		assertThat(panels).allSatisfy((panel) -> assertThat(panel.path("description").asString()).isNotBlank())
			.allSatisfy((panel) -> assertThat(panels).filteredOn((other) -> overlap(panel, other)).hasSize(1));
		assertThat(Dashboard.targets()).allSatisfy((target) -> {
			assertThat(target.path("expr").asString()).isNotBlank();
			assertThat(target.path("legendFormat").asString()).isNotBlank();
		});
	}

	@Test
	void theDashboardIsWhereGrafanaLooks() {
		Map<String, Object> grafana = service("grafana");
		List<Map<String, Object>> providers = list(
				Dashboard.yaml("grafana/provisioning/dashboards/lab.yml").get("providers"));
		String folder = (String) map(providers.get(0).get("options")).get("path");
		assertThat(list(grafana.get("volumes")).toString()).contains("./grafana/dashboards:" + folder + ":ro");
		assertThat(map(grafana.get("environment"))).containsEntry("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH",
				folder + "/consumer-group.json");
	}

	@Test
	void prometheusIsWhereGrafanaAsks() {
		List<Map<String, Object>> sources = list(
				Dashboard.yaml("grafana/provisioning/datasources/prometheus.yml").get("datasources"));
		String address = ((String) sources.get(0).get("url")).replace("http://localhost", "127.0.0.1");
		assertThat(list(service("prometheus").get("command")).toString()).contains("--web.listen-address=" + address);
	}

	/**
	 * An image that changes overnight breaks a class in the morning; a port on all
	 * interfaces shows the lab to the whole room.
	 */
	@Test
	void everyImageIsPinnedAndEveryPortIsOnLoopback() {
		assertThat(map(Dashboard.yaml("docker-compose.yml").get("services")).values()).hasSize(3)
			.allSatisfy((service) -> {
				assertThat((String) map(service).get("image")).matches(".+:v?\\d+\\.\\d+\\.\\d+");
				assertThat(map(service)).doesNotContainKey("ports").containsEntry("network_mode", "host");
				assertThat(service.toString()).contains("127.0.0.1");
			});
		assertThat(Dashboard.yaml("docker-compose.yml")).as("docker-compose 1.29 and later")
			.doesNotContainKey("version");
	}

	private static boolean overlap(JsonNode one, JsonNode other) {
		JsonNode a = one.path("gridPos");
		JsonNode b = other.path("gridPos");
		return a.path("x").asInt() < b.path("x").asInt() + b.path("w").asInt()
				&& b.path("x").asInt() < a.path("x").asInt() + a.path("w").asInt()
				&& a.path("y").asInt() < b.path("y").asInt() + b.path("h").asInt()
				&& b.path("y").asInt() < a.path("y").asInt() + a.path("h").asInt();
	}

	private static Map<String, Object> service(String name) {
		return map(map(Dashboard.yaml("docker-compose.yml").get("services")).get(name));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object yaml) {
		return (Map<String, Object>) yaml;
	}

	@SuppressWarnings("unchecked")
	private static <T> List<T> list(Object yaml) {
		return (List<T>) yaml;
	}

}
