package dev.assay.server.project;

import java.time.Instant;

/**
 * A project. Immutable.
 *
 * @param name as in addresses
 * @param title for people
 * @param created when
 */
public record Project(String name, String title, Instant created) {}
