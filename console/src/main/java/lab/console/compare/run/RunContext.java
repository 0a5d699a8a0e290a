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
 * What all runs share: the cluster, and the processes that are members.
 *
 * @param client how the members and the load reach the cluster
 * @param prefix of the names of all topics and groups that are made
 */
public record RunContext(Cluster cluster, Properties client, Hosts hosts, String prefix, Messages messages) {

	/**
	 * Deletes the run's topics and its group. A group that still has a member, one that
	 * was killed, is deleted with the rest in the end.
	 */
	void remove(RunNames names, Setting setting) {
		try {
			Map<String, String> nothing = new TreeMap<>(setting.group());
			nothing.replaceAll((name, value) -> "");
			this.cluster.configureGroup(names.group(), nothing);
			this.cluster.deleteTopicsAndGroups(names.prefix());
		}
		catch (LabException ex) {
			// the comparison looks again before it ends
		}
	}

	/**
	 * Deletes what any run may have left.
	 * @return what could not be deleted yet
	 */
	Set<String> removeAll() {
		try {
			this.cluster.deleteTopicsAndGroups(this.prefix);
		}
		catch (LabException ex) {
			// a group that still has a member
		}
		return this.cluster.topicsAndGroups(this.prefix);
	}

}
