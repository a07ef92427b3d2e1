/** Services that workspaces of the scenarios start. Must not know the scenarios. */
@NullMarked
package dev.assay.it.service;

import org.jspecify.annotations.NullMarked;
