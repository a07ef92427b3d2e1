/** The pages for people. */
@NullMarked
package dev.assay.server.page;

import org.jspecify.annotations.NullMarked;
