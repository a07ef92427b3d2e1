/**
 * What a server keeps, kept: backups that are made while it runs, restoring them, and looking
 * whether all of it is whole.
 */
@NullMarked
package dev.assay.server.keep;

import org.jspecify.annotations.NullMarked;
