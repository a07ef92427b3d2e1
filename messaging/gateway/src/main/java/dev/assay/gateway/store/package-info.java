/**
 * Where messages are kept: one contract, SQLite for a gateway of one machine and PostgreSQL for
 * production, both written by one thread in groups that share one synchronisation of the disk.
 *
 * <p>Must not know: what moves messages, HTTP, providers. A new column or table is a new numbered
 * migration for each database, never a change of an old one; what a store must do is said in the
 * {@code GatewayStoreKit} of the tests first.
 */
@NullMarked
package dev.assay.gateway.store;

import org.jspecify.annotations.NullMarked;
