/** Tests of the gateway. */
@NullMarked
package dev.assay.gateway.provider;

import org.jspecify.annotations.NullMarked;
