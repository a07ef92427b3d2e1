/**
 * Values with units, comparisons, templates and secrets: what a workspace file says in one scalar.
 * Pure.
 */
@NullMarked
package dev.assay.api.value;

import org.jspecify.annotations.NullMarked;
