/**
 * Runs experiments of the Chaos Toolkit (chaostoolkit-lib 1.31) as they are written, in JSON or
 * YAML, and writes its journal.
 *
 * <p>{@code ExperimentReader} says everything that is wrong with a file, and names each activity
 * that cannot run here, before anything is touched; {@code ToolkitRun} carries it out. Nothing of
 * Python runs: {@code NativeFunctions} holds what stands in for the functions that people use most.
 *
 * <p>It knows nothing of checks, services or faults of the workspace. The usual change: one more
 * native function, in the class of its Python package.
 */
@NullMarked
package dev.assay.chaos.toolkit;

import org.jspecify.annotations.NullMarked;
