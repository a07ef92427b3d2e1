/** Renderings of a run. */
@NullMarked
package dev.assay.core.report;

import org.jspecify.annotations.NullMarked;
