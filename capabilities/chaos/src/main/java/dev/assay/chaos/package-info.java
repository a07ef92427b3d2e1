/**
 * Chaos: breaks something on purpose, watches whether the steady state holds, and always mends what
 * it broke.
 *
 * <p>This package holds the configuration and the experiment. {@code fault} makes and undoes
 * faults, {@code toolkit} runs the experiment files of the Chaos Toolkit. None of it knows how
 * evidence is judged or shown, nor any capability but network.
 *
 * <p>The usual change: a new fault goes into {@code fault} and into its configuration.
 */
@NullMarked
package dev.assay.chaos;

import org.jspecify.annotations.NullMarked;
