/**
 * The waist of the house: the words that every room speaks. The JDK and JSpecify only; no room is
 * known here.
 *
 * <p>Where the usual change goes: a new fact in {@code evidence}, a new extension point in {@code
 * spi}.
 */
@NullMarked
package dev.assay.api;

import org.jspecify.annotations.NullMarked;
