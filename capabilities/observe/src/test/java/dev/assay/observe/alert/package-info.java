/** What the room does, in sentences. */
@NullMarked
package dev.assay.observe.alert;

import org.jspecify.annotations.NullMarked;
