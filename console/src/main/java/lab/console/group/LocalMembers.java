package lab.console.group;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.Verdict.Silence;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.process.Suspension;

/**
 * The members of the lab's own group that are processes of this machine. The coordinator
 * takes one that was killed or paused for a member until its session expires; the lab's
 * pid files tell earlier.
 */
record LocalMembers(LabHome home) {

	private static final String PRODUCT = "product([1-9]\\d?)";

	private static final int ORDER_PORT = 8081;

	/**
	 * The members whose processes send no heartbeats, by name.
	 */
	Map<String, Silence> silent(GroupSnapshot group) {
		Map<String, Silence> silent = new HashMap<>();
		for (Member member : group.members()) {
			if (member.clientId().matches(PRODUCT) && isLocal(member.host())) {
				silence(member, group).ifPresent((silence) -> silent.put(member.name(), silence));
			}
		}
		return silent;
	}

	/**
	 * Whether the address is one of this machine's, also in the network of a broker's
	 * container.
	 */
	private static boolean isLocal(String address) {
		try {
			InetAddress member = InetAddress.getByName(address);
			return member.isLoopbackAddress() || NetworkInterface.getByInetAddress(member) != null;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Since when the member is silent is not known, so its session may last in full from
	 * now. One that was started by hand has no pid file, but its port.
	 */
	private Optional<Silence> silence(Member member, GroupSnapshot group) {
		Optional<ProcessHandle> process = this.home.pidFile(member.clientId()).running();
		if (process.isPresent()) {
			return process.filter(Suspension::suspended).map((paused) -> new Silence(group.at(), true));
		}
		int port = ORDER_PORT + Integer.parseInt(member.clientId().replaceFirst(PRODUCT, "$1"));
		return Ports.taken(port) ? Optional.empty() : Optional.of(new Silence(group.at(), false));
	}

}
