/**
 * Service level objectives: OpenSLO documents, budgets, burn rates, and rules for Prometheus. Knows
 * no ledger: it is given counted events.
 *
 * <p>The usual change: another source of events is a case of {@code SliSource}.
 */
@NullMarked
package dev.assay.observe.slo;

import org.jspecify.annotations.NullMarked;
