/** Tests of the gateway. */
@NullMarked
package dev.assay.gateway.route;

import org.jspecify.annotations.NullMarked;
