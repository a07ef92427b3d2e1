/** What observing does, in sentences. */
@NullMarked
package dev.assay.observe;

import org.jspecify.annotations.NullMarked;
