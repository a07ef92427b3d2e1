/** Tests of links on packets, on the kernel of this machine. */
@NullMarked
package dev.assay.network.packet;

import org.jspecify.annotations.NullMarked;
