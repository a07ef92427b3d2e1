/** Tests of the virtual SMSC. */
@NullMarked
package dev.assay.virtual.smsc;

import org.jspecify.annotations.NullMarked;
