/**
 * The server: projects, their runs as evidence streams in, and the pages and interface that show
 * them. The only room that knows Spring.
 *
 * <p>Must not know: how checks are carried out. What is found out comes as entries of a ledger and
 * goes into one, as it is; a new page is a class in {@code page} with a template beside it in
 * {@code src/main/jte}, a new route of the interface one in {@code api}, and each is denied until
 * {@code Routes} grants it.
 */
@NullMarked
package dev.assay.server;

import org.jspecify.annotations.NullMarked;
