/**
 * What each project uses: how much is kept now, and what came on each day. Entries are counted in
 * the database a moment after they came, by where their ledger stands; nothing waits for it.
 *
 * <p>It must not know pages or the interface. A new figure is a column of {@code used_day} and a
 * component of {@link dev.assay.server.usage.Came}.
 */
@org.jspecify.annotations.NullMarked
package dev.assay.server.usage;
