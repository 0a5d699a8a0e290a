/**
 * The lab's own instances: brokers, order and products, as processes or containers. Begin
 * with {@link lab.console.instance.Instance} and {@link lab.console.instance.Instances}.
 */
@NullMarked
package lab.console.instance;

import org.jspecify.annotations.NullMarked;
