package dev.assay.virtual;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Template;
import org.jspecify.annotations.Nullable;

/**
 * How a virtual service of a workspace is written. Immutable.
 *
 * @param smsc an SMSC
 * @param listen where it listens, if not on its port
 * @param place where it stands
 */
@Doc(
    "A service that Assay plays, on loopback, from before the workspace's services start until after"
        + " they stopped. It listens on ${port.NAME}.")
public record VirtualConfiguration(
    @Doc("An SMSC: a message centre that speaks SMPP 3.4 and 5.0.") SmscConfiguration smsc,
    @Doc("Where it listens, if not on 127.0.0.1:${port.NAME}: host:port.")
        @Nullable Template listen,
    Place place) {}
