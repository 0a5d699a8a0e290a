/**
 * What the user reads and types: options, messages in two languages, tables and colors.
 */
@NullMarked
package lab.console.terminal;

import org.jspecify.annotations.NullMarked;
