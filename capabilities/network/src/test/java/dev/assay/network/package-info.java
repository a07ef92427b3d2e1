/** Tests of the network room. */
@NullMarked
package dev.assay.network;

import org.jspecify.annotations.NullMarked;
