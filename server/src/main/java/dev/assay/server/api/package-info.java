/** The interface for programs, version 1. */
@NullMarked
package dev.assay.server.api;

import org.jspecify.annotations.NullMarked;
