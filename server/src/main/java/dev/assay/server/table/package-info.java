/**
 * What pages and the interface list: each table is made once, and shown as a part of a page, as CSV
 * and as JSON.
 *
 * <p>A new table is a method of {@code ProjectTables}; whoever shows it asks {@code TableFormats}.
 */
@NullMarked
package dev.assay.server.table;

import org.jspecify.annotations.NullMarked;
