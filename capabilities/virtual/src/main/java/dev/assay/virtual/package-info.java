/**
 * Virtual services: what a system under test speaks to, with the behaviour that a script gives it.
 *
 * <p>Must not know: who runs it, and what its clients are. Another virtual service is another
 * package and another key of {@link dev.assay.virtual.VirtualConfiguration}.
 */
@NullMarked
package dev.assay.virtual;

import org.jspecify.annotations.NullMarked;
