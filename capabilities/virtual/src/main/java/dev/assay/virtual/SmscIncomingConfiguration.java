package dev.assay.virtual;

import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Rate;

/**
 * Messages of subscribers. Immutable.
 *
 * @param rate how many
 * @param from the subscriber
 * @param to the number that was written to
 * @param text what it says
 */
@Doc("Messages of subscribers, from the first bind on, to each account that receives.")
public record SmscIncomingConfiguration(
    @Doc("How many: 5/s.") Rate rate,
    @Doc("The subscriber's number.") @Default("4917012345678") String from,
    @Doc("The number that was written to.") @Default("12345") String to,
    @Doc("What it says, in one message.") @Default("STOP") String text) {}
