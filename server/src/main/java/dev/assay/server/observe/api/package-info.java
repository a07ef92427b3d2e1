/** Alerts, monitors and objectives for programs; Alertmanager's API v2 among them. */
@NullMarked
package dev.assay.server.observe.api;

import org.jspecify.annotations.NullMarked;
