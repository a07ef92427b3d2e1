package dev.assay.virtual;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.virtual.smsc.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong in a virtual SMSC. Immutable.
 *
 * @param kind what
 * @param on which PDUs are counted
 * @param number at which of them
 * @param every whether again and again
 * @param at when
 * @param lasts how long
 * @param place where it stands
 */
@Doc("A fault: at the PDU of a number in each session, or at a time after the first bind.")
public record SmscFaultConfiguration(
    @Doc(
            "What: disconnect, reset, half open, unbind, no answer, wrong sequence, garbage, throttle,"
                + " slow reader, refuse binds.")
        @Key("do")
        Fault.Kind kind,
    @Doc("Which PDUs are counted, such as submit_sm; all where it is missing.") @Nullable String on,
    @Doc("At which of them, from 1.") @Default("0") int number,
    @Doc("Whether it is so again after as many.") @Default("false") boolean every,
    @Doc("When, after the first bind.") @Nullable Duration at,
    @Doc("How long, where it lasts.") @Key("for") @Default("0s") Duration lasts,
    Place place) {}
