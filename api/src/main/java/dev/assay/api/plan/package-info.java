/**
 * The parsed workspace: what will run, in which order, and what is expected. Every part knows its
 * place in the file.
 */
@NullMarked
package dev.assay.api.plan;

import org.jspecify.annotations.NullMarked;
