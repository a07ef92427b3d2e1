package dev.assay.server.project;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project. Immutable.
 *
 * @param name as in addresses
 * @param title for people
 * @param created when
 * @param archived since when it takes no new runs, is on no list and tells nobody of alerts; null
 *     for one that is at work
 */
public record Project(String name, String title, Instant created, @Nullable Instant archived) {}
