/**
 * What a project's compiled classes refer to: read from bytecode, with a digest for each part that
 * comments and line numbers do not change.
 *
 * <p>The parts are methods, the shapes of classes, constants and resources; an edge says that what
 * the one does may depend on the other. Must not know tests' results, commits or runners. A new
 * kind of reference is an edge in {@link dev.assay.suite.select.graph.CodeGraphBuilder}.
 */
@NullMarked
package dev.assay.suite.select.graph;

import org.jspecify.annotations.NullMarked;
