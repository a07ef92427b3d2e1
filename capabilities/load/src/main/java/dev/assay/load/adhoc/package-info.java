/**
 * Load without a workspace file: what the command line was asked for becomes the text of a
 * workspace, so that an ad hoc load is parsed, run, judged and reported like any other check, and
 * can be saved as a file that does the same.
 *
 * <p>Must not know: how a check is compiled or run; it knows the written form only. A new option is
 * a component of a record here, a line in {@link dev.assay.load.adhoc.AdHocWorkspace} and an option
 * of the command.
 */
@NullMarked
package dev.assay.load.adhoc;

import org.jspecify.annotations.NullMarked;
