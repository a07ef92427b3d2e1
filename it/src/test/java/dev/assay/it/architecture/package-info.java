/**
 * The laws of the house that no compiler knows: who may know whom, what is named how, and that what
 * is generated is current.
 */
@NullMarked
package dev.assay.it.architecture;

import org.jspecify.annotations.NullMarked;
