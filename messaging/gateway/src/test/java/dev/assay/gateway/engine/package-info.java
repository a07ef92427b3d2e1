/** Tests of the gateway. */
@NullMarked
package dev.assay.gateway.engine;

import org.jspecify.annotations.NullMarked;
