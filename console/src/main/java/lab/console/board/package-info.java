/**
 * What the lab shows in a browser.
 */
@NullMarked
package lab.console.board;

import org.jspecify.annotations.NullMarked;
