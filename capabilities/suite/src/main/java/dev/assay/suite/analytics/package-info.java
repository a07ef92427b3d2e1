/**
 * What many runs of suites say together: how they go, which tests are slow, flaky and dear, how
 * long failures last; and documents made of tests and of their failures.
 *
 * <p>Pure over {@link dev.assay.suite.failure.PastRun}. Must not know how a page is drawn.
 */
@NullMarked
package dev.assay.suite.analytics;

import org.jspecify.annotations.NullMarked;
