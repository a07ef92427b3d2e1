/**
 * Drives the flight recorder of a running JVM through {@code jcmd} and reads what it recorded into
 * folded stacks. Knows processes by number only.
 */
@NullMarked
package dev.assay.profile.flight;

import org.jspecify.annotations.NullMarked;
