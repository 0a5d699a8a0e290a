package lab.console.process;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * The machine on which something was measured.
 *
 * @param memoryMb its memory in MiB
 */
public record Machine(String os, String arch, int processors, long memoryMb) {

	/**
	 * Returns the machine on which this process runs.
	 */
	public static Machine ofProcess() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(System.getProperty("os.name"), system.getArch(), system.getAvailableProcessors(),
				system.getTotalMemorySize() >> 20);
	}

}
