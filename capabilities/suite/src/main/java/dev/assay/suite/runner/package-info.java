/**
 * The tools that run tests: how each is recognised from a project's files, and with which words it
 * is told to run all tests, some units or single cases so that a report appears that can be read,
 * without a change of the project's build.
 *
 * <p>Knows files and words; starts nothing. Must not know checks, evidence or the past. A new tool
 * is one class beside the others, permitted by {@link dev.assay.suite.runner.TestRunner} and listed
 * in {@link dev.assay.suite.runner.Runners}.
 */
@NullMarked
package dev.assay.suite.runner;

import org.jspecify.annotations.NullMarked;
