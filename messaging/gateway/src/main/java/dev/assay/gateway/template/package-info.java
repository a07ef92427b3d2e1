/**
 * Texts with places for values: typed variables, languages, plurals, versions that somebody else
 * approves, previews of length and segments, lists of recipients. A template runs no code.
 *
 * <p>Must not know: stores, channels, HTTP. A new type of variable goes into {@link
 * dev.assay.gateway.template.VariableType}, a language's plurals into {@link
 * dev.assay.gateway.template.Plurals}.
 */
@NullMarked
package dev.assay.gateway.template;

import org.jspecify.annotations.NullMarked;
