/** What the room does, in sentences. */
@NullMarked
package dev.assay.observe.slo;

import org.jspecify.annotations.NullMarked;
