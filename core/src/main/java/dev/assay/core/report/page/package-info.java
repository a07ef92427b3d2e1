/**
 * The self-contained HTML page of a run and the SVG plots in it: no request to anywhere, and no
 * script but the one of a flame graph.
 *
 * <p>All text goes through {@code Markup}, which escapes it; nothing else writes a tag. Must not
 * know where the page is stored. A new plot is a class beside {@code LinePlot}; the look is {@code
 * page.css}.
 */
@NullMarked
package dev.assay.core.report.page;

import org.jspecify.annotations.NullMarked;
