/**
 * {@code lab chaos}: breaks the lab while orders come in, and accounts for every order.
 */
@NullMarked
package lab.console.chaos;

import org.jspecify.annotations.NullMarked;
