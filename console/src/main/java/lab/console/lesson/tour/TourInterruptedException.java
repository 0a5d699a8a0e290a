package lab.console.lesson.tour;

/**
 * The tour is being cleared away while it still runs: it says no more.
 */
class TourInterruptedException extends RuntimeException {

}
