/** The contract of the ledger: all runs, append-only, hash-chained. Must not know any database. */
@NullMarked
package dev.assay.api.ledger;

import org.jspecify.annotations.NullMarked;
