/**
 * Assembles a gateway of its parts and its configuration, and changes it while it runs.
 *
 * <p>Must not know: how files are decoded, which the command line does.
 */
@NullMarked
package dev.assay.gateway.run;

import org.jspecify.annotations.NullMarked;
