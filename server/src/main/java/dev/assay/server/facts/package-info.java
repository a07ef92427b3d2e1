/**
 * What pages ask of runs that ended, read from a project's ledger once and kept where it can be
 * asked for quickly.
 *
 * <p>Everything here is derived: whoever deletes {@code facts.db} loses nothing but the time to
 * read the ledger again. A new question is a table in {@code facts.sql}, filled by {@code
 * RunIndex}, and another {@code VERSION} in {@code FactsFile}.
 */
@NullMarked
package dev.assay.server.facts;

import org.jspecify.annotations.NullMarked;
