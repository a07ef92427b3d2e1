/** What the room does, in sentences. */
@NullMarked
package dev.assay.observe.notify;

import org.jspecify.annotations.NullMarked;
