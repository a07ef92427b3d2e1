package dev.assay.core.parse;

import dev.assay.api.problem.Place;

/**
 * A name that refers to something, with its place.
 *
 * @param name the name
 * @param place where it is written
 */
public record Ref(String name, Place place) {}
