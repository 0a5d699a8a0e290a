/**
 * The results of a comparison as table, JSON, Markdown and HTML.
 */
@NullMarked
package lab.console.compare.report;

import org.jspecify.annotations.NullMarked;
