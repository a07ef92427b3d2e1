/**
 * Asks PostgreSQL what its extension {@code pg_stat_statements} counted, and what changed in
 * between. Never writes to the database, and never says a password.
 */
@NullMarked
package dev.assay.profile.sql;

import org.jspecify.annotations.NullMarked;
