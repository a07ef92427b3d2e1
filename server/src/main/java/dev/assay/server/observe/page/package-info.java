/** Alerts, monitors and objectives for people, the public page of a project, and badges. */
@NullMarked
package dev.assay.server.observe.page;

import org.jspecify.annotations.NullMarked;
