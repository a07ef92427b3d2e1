/**
 * Turns a finished run into what people and other tools read: JSON, JUnit XML, Markdown, and (in
 * {@code page} and {@code terminal}) one HTML page and the terminal.
 *
 * <p>{@link dev.assay.core.report.RunReport} folds the ledger's entries of one run; every form is
 * written from it and from nothing else. Must not know how a run is carried out or judged: it never
 * recomputes a decision. A new form is a new class here; a new kind of evidence is folded in {@code
 * RunFold} and then shown by each form.
 */
@NullMarked
package dev.assay.core.report;

import org.jspecify.annotations.NullMarked;
