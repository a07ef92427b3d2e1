/** Tests of the link model in virtual time. */
@NullMarked
package dev.assay.network.link;

import org.jspecify.annotations.NullMarked;
