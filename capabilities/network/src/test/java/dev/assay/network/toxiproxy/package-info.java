/** Tests of the Toxiproxy API and its toxics. */
@NullMarked
package dev.assay.network.toxiproxy;

import org.jspecify.annotations.NullMarked;
