/**
 * What the services and programs of a run print, to be watched while it goes on. It is no evidence:
 * it is in no ledger, held in memory, and bounded.
 *
 * <p>Must not know: pages and the interface, which ask it.
 */
@NullMarked
package dev.assay.server.output;

import org.jspecify.annotations.NullMarked;
