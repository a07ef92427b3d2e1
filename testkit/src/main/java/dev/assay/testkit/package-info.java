/**
 * What tests of every room share: one compatibility kit for each SPI, contexts and sinks to run a
 * check in, scripted servers. Never on the class path of the product.
 */
@NullMarked
package dev.assay.testkit;

import org.jspecify.annotations.NullMarked;
