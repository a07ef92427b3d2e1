/**
 * The facts that checks find out, and their one encoding. Must not know how facts are found, judged
 * or shown.
 *
 * <p>A new field is optional in {@link EvidenceCodec}; a changed meaning is a new version there.
 */
@NullMarked
package dev.assay.api.evidence;

import org.jspecify.annotations.NullMarked;
