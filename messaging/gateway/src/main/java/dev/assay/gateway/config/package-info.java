/**
 * What is written in {@code gateway.yaml}: records that the command line decodes as it decodes all
 * configuration. A new key is a new component of a record.
 */
@NullMarked
package dev.assay.gateway.config;

import org.jspecify.annotations.NullMarked;
