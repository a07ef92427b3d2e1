/**
 * Errors that a person can mend: what is wrong, where, and how to mend it.
 *
 * <p>Must not know: how a problem is shown. A new kind of problem is a new {@link ProblemType}
 * constant in the room that finds it, listed by that room's {@code Capability.problems()}.
 */
@NullMarked
package dev.assay.api.problem;

import org.jspecify.annotations.NullMarked;
