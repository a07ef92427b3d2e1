/**
 * What is remembered of tests from run to run: with which inputs each last passed, and what it
 * executed.
 *
 * <p>A test whose inputs are those of a run in which it passed need not run again; it is then not
 * run, which is never a pass of its own. Must not know how inputs are found out, nor runners. What
 * else is to be remembered of a test is a component of {@link dev.assay.suite.cache.TestRecord}.
 */
@NullMarked
package dev.assay.suite.cache;

import org.jspecify.annotations.NullMarked;
