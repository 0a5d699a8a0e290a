package lab.console.bench.run;

/**
 * Where the orders of a load are placed. Is used by several threads at once.
 */
interface OrderPlacer extends AutoCloseable {

	/**
	 * Places an order and waits until it is acknowledged.
	 * @param number is its message
	 * @throws lab.console.terminal.LabException if it is not acknowledged
	 */
	void place(int number);

	@Override
	void close();

}
