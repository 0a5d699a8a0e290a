/**
 * The lessons: Markdown that people read and {@code lab tour} runs. Read
 * {@link lab.console.lesson.Block} first, then {@link lab.console.lesson.LessonParser};
 * {@code tour} runs a lesson, {@code report} prints what it shows, {@code list} lists the
 * lessons.
 */
@NullMarked
package lab.console.lesson;

import org.jspecify.annotations.NullMarked;
