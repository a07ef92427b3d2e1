/** Tests of the gateway. */
@NullMarked
package dev.assay.gateway.run;

import org.jspecify.annotations.NullMarked;
