/**
 * What a person sees in the terminal: progress while a run goes on, its end, and problems.
 *
 * <p>Writes only to the stream it is given, and never lets a foreign text move the cursor: every
 * such text is cleaned by {@code Glyphs} first. Must not know how a run is carried out; it hears of
 * it as a {@code RunListener}.
 */
@NullMarked
package dev.assay.core.report.terminal;

import org.jspecify.annotations.NullMarked;
