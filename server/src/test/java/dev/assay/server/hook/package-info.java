/** What is told to the world outside. */
@NullMarked
package dev.assay.server.hook;

import org.jspecify.annotations.NullMarked;
