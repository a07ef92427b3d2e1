/**
 * Chooses the tests that a change can break, and says of every other why it need not run.
 *
 * <p>Three sources are united: what the code refers to (the graph), what each test class was seen
 * to execute, and what became of it before. Where none of them can tell, everything runs, and that
 * is said. Must not know how a runner is started or how a verdict is made. A new language is a
 * {@link dev.assay.suite.select.Project} of its own that makes the same graph.
 */
@NullMarked
package dev.assay.suite.select;

import org.jspecify.annotations.NullMarked;
