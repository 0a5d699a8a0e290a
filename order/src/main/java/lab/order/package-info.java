/**
 * Takes orders over HTTP and publishes each as an event.
 */
@NullMarked
package lab.order;

import org.jspecify.annotations.NullMarked;
