/** Tests of the gateway. */
@NullMarked
package dev.assay.gateway.store;

import org.jspecify.annotations.NullMarked;
