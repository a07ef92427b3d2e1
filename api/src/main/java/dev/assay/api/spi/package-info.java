/**
 * What a capability offers and what it is given. A capability finds things out; it never decides
 * and never shows.
 *
 * <p>{@code docs/creating-a-check.md} walks through a whole one.
 */
@NullMarked
package dev.assay.api.spi;

import org.jspecify.annotations.NullMarked;
