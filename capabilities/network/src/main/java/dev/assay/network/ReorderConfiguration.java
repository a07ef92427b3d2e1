package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Share;
import org.jspecify.annotations.Nullable;

/**
 * How reordering is written. Immutable.
 *
 * @param share of datagrams that overtake
 * @param gap only every so many-th
 * @param byJitter whether delays reorder
 * @param place where it stands
 */
@Doc("Datagrams that overtake others.")
record ReorderConfiguration(
    @Doc("The share of datagrams that are sent on without their delay.") @Shorthand
        @Nullable Share share,
    @Doc("Only every so many-th datagram may be one of them.") @Nullable Integer gap,
    @Doc("Whether datagrams overtake each other where their delays say so.")
        @Nullable Boolean byJitter,
    Place place) {}
