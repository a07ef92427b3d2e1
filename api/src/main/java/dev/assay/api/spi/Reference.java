package dev.assay.api.spi;

import dev.assay.api.problem.Place;

/**
 * A name in the workspace file that stands for something written elsewhere in it.
 *
 * @param section {@code checks}, {@code services}, or the name of a {@link WorkspaceSection}
 * @param name what is referred to
 * @param place where the name is written
 */
public record Reference(String section, String name, Place place) {}
