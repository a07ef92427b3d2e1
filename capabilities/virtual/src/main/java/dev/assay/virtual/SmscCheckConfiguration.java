package dev.assay.virtual;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import java.time.Duration;

/**
 * How a look at a virtual SMSC is written. Immutable.
 *
 * @param of which one
 * @param settle how long what is under way may take
 * @param place where it stands
 */
@Doc("What a virtual SMSC saw since the run began. Its ledger is attached.")
public record SmscCheckConfiguration(
    @Doc("The SMSC: a name of the section `virtual`.") @Shorthand String of,
    @Doc("How long receipts that are under way may take before it counts.") @Default("5s")
        Duration settle,
    Place place) {}
