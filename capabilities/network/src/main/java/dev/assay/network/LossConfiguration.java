package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Share;
import org.jspecify.annotations.Nullable;

/**
 * How losses are written. Immutable.
 *
 * @param share of packets, each by itself
 * @param badAfter the chance to turn bad
 * @param goodAfter the chance to turn good
 * @param lostWhenBad the share lost then
 * @param lostWhenGood the share lost else
 * @param place where it stands
 */
@Doc(
    "Losses: a share of packets, each by itself, or the channel of Gilbert and Elliott with good and"
        + " bad moments.")
record LossConfiguration(
    @Doc("The share of packets that are lost, each by itself.") @Shorthand @Nullable Share share,
    @Doc("The chance that a good channel turns bad at a packet.") @Nullable Share badAfter,
    @Doc("The chance that a bad channel turns good at a packet.") @Nullable Share goodAfter,
    @Doc("The share of packets lost while the channel is bad; all, if nothing is written.")
        @Nullable Share lostWhenBad,
    @Doc("The share of packets lost while it is good; none, if nothing is written.")
        @Nullable Share lostWhenGood,
    Place place) {}
