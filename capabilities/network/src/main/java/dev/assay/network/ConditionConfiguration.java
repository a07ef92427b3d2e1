package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Share;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a condition is written. Immutable.
 *
 * @param like the condition or profile that it begins with
 * @param rtt the round trip's delay
 * @param jitter the round trip's standard deviation
 * @param loss the share lost in each direction
 * @param down to the client
 * @param up from the client
 * @param offline whether nothing passes
 * @param place where it stands
 */
@Doc(
    "The state of a network link: a profile or another condition with changes, or whole. What is not"
        + " written is as in 'like', and without it nothing stands in the way.")
record ConditionConfiguration(
    @Doc("A condition of the workspace or a profile such as 3g, 4g, lte, wifi-poor or satellite.")
        @Nullable String like,
    @Doc("The delay of the whole round trip; half of it each way.") @Nullable Duration rtt,
    @Doc(
            "The standard deviation of the round trip's delay, which is then normally distributed;"
                + " each way has 1/√2 of it.")
        @Nullable Duration jitter,
    @Doc("The share of packets lost in each direction, each packet by itself.")
        @Nullable Share loss,
    @Doc("The direction to the client.") @Nullable DirectionConfiguration down,
    @Doc("The direction from the client.") @Nullable DirectionConfiguration up,
    @Doc("Whether nothing passes.") @Nullable Boolean offline,
    Place place) {}
