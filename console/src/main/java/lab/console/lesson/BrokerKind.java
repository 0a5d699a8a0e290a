package lab.console.lesson;

/**
 * Which broker a tour runs on.
 */
enum BrokerKind {

	EMBEDDED, DOCKER

}
