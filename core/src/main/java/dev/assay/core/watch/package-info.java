/**
 * What changes in a workspace's folder, and which checks that concerns.
 *
 * <p>Starts no check and prints nothing. Must not know the ledger or how a run goes. What a kind of
 * check depends on is said by {@link dev.assay.api.spi.CheckType#inputs}.
 */
@NullMarked
package dev.assay.core.watch;

import org.jspecify.annotations.NullMarked;
