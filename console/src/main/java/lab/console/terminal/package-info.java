/**
 * How the console speaks to a person: language, colours, and one clear sentence when
 * something is wrong.
 */
@NullMarked
package lab.console.terminal;

import org.jspecify.annotations.NullMarked;
