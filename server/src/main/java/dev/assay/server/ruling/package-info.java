/**
 * What people decide on runs beside their verdicts: approvals and overrides, signed by the server's
 * own key, with an author, a reason and an end. Must not know pages or the interface, and never
 * changes a verdict.
 *
 * <p>The usual change: another thing that {@code Rulings} refuses, or that {@code RulingRule} says.
 */
@NullMarked
package dev.assay.server.ruling;

import org.jspecify.annotations.NullMarked;
