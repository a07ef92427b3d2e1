/**
 * From the bytes of a workspace file to a {@link dev.assay.api.plan.Plan}, with every mistake found
 * in one pass.
 *
 * <p>Must not run anything. A new key of the workspace itself goes into {@link
 * dev.assay.core.parse.WorkspaceFile}; a new key of a check goes into that check's own record;
 * decoding, schema and reference page follow by themselves.
 */
@NullMarked
package dev.assay.core.parse;

import org.jspecify.annotations.NullMarked;
