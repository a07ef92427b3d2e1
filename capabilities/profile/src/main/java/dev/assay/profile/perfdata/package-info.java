/**
 * The counters that a HotSpot JVM keeps in a file for tools such as jstat. Reading them asks the
 * JVM for nothing. Knows processes by number only.
 */
@NullMarked
package dev.assay.profile.perfdata;

import org.jspecify.annotations.NullMarked;
