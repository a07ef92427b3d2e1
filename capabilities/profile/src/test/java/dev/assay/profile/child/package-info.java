/** Programs that tests start as services. */
@NullMarked
package dev.assay.profile.child;

import org.jspecify.annotations.NullMarked;
