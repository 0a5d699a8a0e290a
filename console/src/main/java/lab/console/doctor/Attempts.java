package lab.console.doctor;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Makes checks so that one that cannot be made does not end the others.
 */
@RequiredArgsConstructor
final class Attempts {

	/**
	 * The diagnosis of what could not be checked.
	 */
	static final String UNCHECKED = "unchecked";

	private final Messages messages;

	/**
	 * Makes a check of this machine.
	 * @return a hint that says why, where it could not be made
	 */
	Finding hint(String name, Callable<Finding> check) throws InterruptedException {
		try {
			return check.call();
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			return Finding.hint(name, UNCHECKED, this.messages.get("doctor.unchecked", ex),
					this.messages.get("doctor.unchecked.remedy"));
		}
	}

	/**
	 * Makes a check of the cluster.
	 * @return one failure that says why, where the cluster refuses to answer or the check
	 * could not be made
	 * @throws AwayException if the cluster does not answer: the other checks would wait
	 * for it in vain
	 */
	List<Finding> required(String name, Supplier<List<Finding>> check) {
		try {
			return check.get();
		}
		catch (AwayException | InterruptException ex) {
			throw ex;
		}
		catch (LabException ex) {
			return List.of(Finding.failed(name, "refused", String.valueOf(ex.getMessage()),
					this.messages.get("doctor.cluster.remedy")));
		}
		catch (RuntimeException ex) {
			return List.of(Finding.failed(name, UNCHECKED, this.messages.get("doctor.unchecked", ex),
					this.messages.get("doctor.unchecked.remedy")));
		}
	}

}
