package lab.console.compare.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import lab.console.compare.plan.Setting;
import lab.console.compare.plan.Settings;

/**
 * The names of the topics and the group of one run.
 *
 * @param prefix with which the topics' names begin; no other topic's does
 */
public record RunNames(String prefix, String group) {

	public static RunNames of(String prefix) {
		return new RunNames(prefix, prefix + "group");
	}

	String topic() {
		return this.prefix + "orders";
	}

	String handledTopic() {
		return this.prefix + "handled";
	}

	String rebalancesTopic() {
		return this.prefix + "rebalances";
	}

	String deadLetterTopic() {
		return this.prefix + "dlt";
	}

	/**
	 * Returns the arguments with which the member of the given name is started.
	 * @param client settings with which it connects to the cluster
	 */
	List<String> arguments(String member, Setting setting, Properties client) {
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=" + member,
				"--spring.profiles.active=" + setting.profile(), "--lab.product.topic=" + topic(),
				"--lab.product.group=" + group(), "--lab.product.handled-topic=" + handledTopic(),
				"--lab.product.rebalances-topic=" + rebalancesTopic(),
				"--lab.product.dead-letter-topic=" + deadLetterTopic()));
		client.forEach((name, value) -> arguments
			.add(name.equals("bootstrap.servers") ? "--spring.kafka.bootstrap-servers=" + value
					: "--spring.kafka.properties[%s]=%s".formatted(name, value)));
		setting.client()
			.forEach((name, value) -> arguments.add("--spring.kafka.consumer.properties[%s]=%s".formatted(name,
					value.replace(Settings.MEMBER, member))));
		return arguments;
	}

}
