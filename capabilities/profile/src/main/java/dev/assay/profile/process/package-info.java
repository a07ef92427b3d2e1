/**
 * What the processes of a service use, read from {@code /proc}, or from {@code ProcessHandle} where
 * there is no such thing. Knows processes by number only.
 */
@NullMarked
package dev.assay.profile.process;

import org.jspecify.annotations.NullMarked;
