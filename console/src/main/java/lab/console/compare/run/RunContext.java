package lab.console.compare.run;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import lab.console.compare.plan.Setting;
import lab.console.group.Cluster;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * What all runs of a comparison share.
 *
 * @param client settings with which members, load and recorder connect to the cluster
 * @param prefix of the names of all topics and groups that are created
 */
public record RunContext(Cluster cluster, Properties client, Hosts hosts, String prefix, Messages messages) {

	/**
	 * Deletes the topics and the group of a run. A group that still has a member, because
	 * one was killed, is left to {@link #removeAll()}.
	 */
	void remove(RunNames names, Setting setting) {
		try {
			Map<String, String> defaults = new TreeMap<>(setting.group());
			defaults.replaceAll((name, value) -> "");
			this.cluster.configureGroup(names.group(), defaults);
			this.cluster.prefixed(names.prefix()).delete();
		}
		catch (LabException ex) {
			// removeAll() tries again
		}
	}

	/**
	 * Deletes all topics and groups that runs have left.
	 * @return the names of those that could not be deleted yet
	 */
	Set<String> removeAll() {
		try {
			this.cluster.prefixed(this.prefix).delete();
		}
		catch (LabException ex) {
			// a group still has a member
		}
		return this.cluster.prefixed(this.prefix).all();
	}

}
