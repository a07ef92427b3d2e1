/** Tests of sessions. */
@NullMarked
package dev.assay.smpp.session;

import org.jspecify.annotations.NullMarked;
