/**
 * The product as its users meet it: the real launcher, started as a process, in workspaces of its
 * own.
 *
 * <p>Must not call the classes of the product, but for its JSON reader, except in {@link
 * dev.assay.it.architecture}. A new scenario extends {@link dev.assay.it.Scenario}.
 */
@NullMarked
package dev.assay.it;

import org.jspecify.annotations.NullMarked;
