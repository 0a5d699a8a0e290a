package lab.console.board;

/**
 * What the page shows where its address names nothing.
 */
enum StartPage {

	/** The board's own group. */
	GROUP,

	/** All groups of the cluster, to choose from. */
	GROUPS

}
