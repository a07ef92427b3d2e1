/** How a project does, at a glance: its verdicts, its time, and how it stands now. */
@NullMarked
package dev.assay.server.overview;

import org.jspecify.annotations.NullMarked;
