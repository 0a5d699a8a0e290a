/**
 * Writes {@link lab.console.compare.report.Results} as table, JSON, Markdown and HTML.
 */
@NullMarked
package lab.console.compare.report;

import org.jspecify.annotations.NullMarked;
