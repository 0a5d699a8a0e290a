package lab.console.lesson.tour;

/**
 * Thrown in a tour that is being closed while it runs.
 */
class TourInterruptedException extends RuntimeException {

}
