package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Share;
import dev.assay.api.value.Size;
import org.jspecify.annotations.Nullable;

/**
 * How one direction of a condition is written. Immutable.
 *
 * @param rate of the bottleneck
 * @param trace a file in place of a rate
 * @param counting what the rate counts
 * @param delay of a packet
 * @param loss of packets
 * @param queue before the bottleneck
 * @param duplicate the share of datagrams that arrive twice
 * @param reorder which datagrams overtake
 * @param window the most bytes of a stream in flight
 * @param slowStart whether streams start slowly
 * @param offline whether nothing passes
 * @param place where it stands
 */
@Doc("One direction of a link. All connections share its rate.")
record DirectionConfiguration(
    @Doc("The bandwidth, such as 1.6 Mbit/s, 400 kbit/s or unlimited.") @Shorthand
        @Nullable String rate,
    @Doc("A file with a trace of Mahimahi, which takes the place of a rate.")
        @Nullable String trace,
    @Doc(
            "What the rate counts: ip for whole IP packets, payload for the application's bytes alone.")
        @Nullable Counted counting,
    @Doc("How long a packet is on its way, apart from queueing: one time, or a distribution.")
        @Nullable DelayConfiguration delay,
    @Doc("Packets that are lost: a share, or a channel with good and bad moments.")
        @Nullable LossConfiguration loss,
    @Doc("The queue before the bottleneck.") @Nullable QueueConfiguration queue,
    @Doc("The share of datagrams that arrive twice. Streams have none.") @Nullable Share duplicate,
    @Doc("Datagrams that overtake others. Streams stay in order.")
        @Nullable ReorderConfiguration reorder,
    @Doc(
            "The most bytes of one connection that are on their way, 4 KiB to 1 GiB; 4 MiB if nothing is written.")
        @Nullable Size window,
    @Doc(
            "Whether each connection begins with ten segments and doubles what it sends with each"
                + " round trip, as TCP does on a real path.")
        @Nullable Boolean slowStart,
    @Doc("Whether nothing passes in this direction.") @Nullable Boolean offline,
    Place place) {

  /** What a rate counts. */
  enum Counted {
    /** Whole IP packets. */
    IP,
    /** The application's bytes. */
    PAYLOAD
  }
}
