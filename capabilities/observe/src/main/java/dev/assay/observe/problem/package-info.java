/**
 * Every kind of problem that observing can report, sorted by what it is about. Knows nothing else.
 * The usual change: another constant, and its line in {@code ObserveProblems}.
 */
@NullMarked
package dev.assay.observe.problem;

import org.jspecify.annotations.NullMarked;
