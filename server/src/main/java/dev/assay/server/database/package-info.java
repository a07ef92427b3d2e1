/**
 * Where the server keeps its truth: a file of SQLite in its folder, or a schema of its own in
 * PostgreSQL. It knows no member and no project, only how statements reach their tables. Statements
 * are written once, for both; what differs between the two belongs here. A new table is a new
 * migration in {@code resources/…/accounts}.
 */
@NullMarked
package dev.assay.server.database;

import org.jspecify.annotations.NullMarked;
