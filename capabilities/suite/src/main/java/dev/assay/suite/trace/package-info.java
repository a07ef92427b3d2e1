/**
 * Stack traces as test runners of many languages write them: what was thrown, by what it was
 * caused, and through which functions.
 *
 * <p>Pure: no files, no clock. A text that is no trace gives one without frames, never an error.
 * Must not know reports or what is done with a trace. A new language is a constant of {@link
 * dev.assay.suite.trace.Language} and a reader beside the others.
 */
@NullMarked
package dev.assay.suite.trace;

import org.jspecify.annotations.NullMarked;
