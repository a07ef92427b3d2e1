/**
 * Makes and verifies passports: the verdict of a run as signed statements that travel with a
 * release. Formats: in-toto Statement v1 with the predicates test-result v0.1 and SLSA verification
 * summary v1, each in a DSSE envelope signed with Ed25519, one a line.
 *
 * <p>Also what people decide beside a verdict, approvals and overrides, which the server signs the
 * same way: {@link dev.assay.core.passport.Ruling}.
 *
 * <p>Must not know files or the command line, and never holds a private key longer than it signs. A
 * new predicate is a new statement in {@link dev.assay.core.passport.Statements}.
 */
@NullMarked
package dev.assay.core.passport;

import org.jspecify.annotations.NullMarked;
