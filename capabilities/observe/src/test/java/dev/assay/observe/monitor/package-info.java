/** What the room does, in sentences. */
@NullMarked
package dev.assay.observe.monitor;

import org.jspecify.annotations.NullMarked;
