/**
 * Carries out a plan: services, checks in order, evidence to the ledger, verdicts, and everything
 * given back at the end.
 *
 * <p>Must not know any kind of check, nor how a run is shown. A new kind of undoing goes into
 * {@link dev.assay.core.run.Mender}.
 */
@NullMarked
package dev.assay.core.run;

import org.jspecify.annotations.NullMarked;
