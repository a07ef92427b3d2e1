package dev.assay.http;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;

/**
 * The network that the requests of a flow cross.
 *
 * @param condition a condition of the workspace or a profile
 * @param place where it is written
 */
@Doc("The network that requests cross, all of them over one link.")
public record HttpThrough(
    @Doc("A name of `conditions`, or a profile such as 3g.") @Shorthand String condition,
    Place place) {}
