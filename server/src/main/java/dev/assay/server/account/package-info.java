/**
 * Who may do what: members, their roles in projects, keys of programs, and how each proves who it
 * is.
 */
@NullMarked
package dev.assay.server.account;

import org.jspecify.annotations.NullMarked;
