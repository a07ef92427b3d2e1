/**
 * The canonical JSON of evidence, verdicts and ledger entries: a value tree, a strict reader, and a
 * writer whose output is the same to the byte for equal values.
 *
 * <p>Hashes and signatures are taken over these bytes, and the waist depends on the JDK alone,
 * which is why it is own code; foreign JSON (bodies of services, reports) is read with a library
 * where it is met.
 */
@NullMarked
package dev.assay.api.json;

import org.jspecify.annotations.NullMarked;
