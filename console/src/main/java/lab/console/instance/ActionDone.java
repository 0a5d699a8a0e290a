package lab.console.instance;

/**
 * The result of an action.
 *
 * @param state of the instance afterwards
 * @param port where the instance listens
 */
record ActionDone(String instance, String state, int port) {

	ActionDone(Instance instance, Action action) {
		this(instance.name(), action.done(), instance.port());
	}

}
