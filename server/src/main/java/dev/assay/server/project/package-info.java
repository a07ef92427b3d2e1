/** Projects and their ledgers. */
@NullMarked
package dev.assay.server.project;

import org.jspecify.annotations.NullMarked;
