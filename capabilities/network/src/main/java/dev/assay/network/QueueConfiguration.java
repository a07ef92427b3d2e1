package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a queue is written. Immutable.
 *
 * @param limit the most bytes
 * @param codel the target of CoDel
 * @param interval the interval of CoDel
 * @param place where it stands
 */
@Doc("The queue before a bottleneck, which all connections of the direction share.")
record QueueConfiguration(
    @Doc(
            "The most that waits, counted as the rate counts; 64 KiB or what the rate carries in"
                + " 100 ms, if nothing is written.")
        @Shorthand
        @Nullable Size limit,
    @Doc("The waiting time that CoDel (RFC 8289) accepts, such as 5 ms; no CoDel if not written.")
        @Nullable Duration codel,
    @Doc("How long CoDel bears a longer wait; 100 ms if nothing is written.")
        @Nullable Duration interval,
    Place place) {}
