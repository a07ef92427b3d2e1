package dev.assay.virtual;

import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Share;
import dev.assay.virtual.smsc.Receipts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which receipts a virtual SMSC sends. Immutable.
 *
 * @param after how long after the submit
 * @param states shares of final states
 * @param duplicates the share that comes twice
 * @param missing the share that never comes
 * @param early the share that comes before the answer to its submit
 * @param malformed the share that cannot be read
 * @param ids how ids are written
 * @param optional whether the optional parameters say it, too
 */
@Doc("Delivery receipts.")
public record SmscReceiptsConfiguration(
    @Doc("How long after the answer to the submit.") @Nullable SmscDelayConfiguration after,
    @Doc(
            "Shares of final states: `{ undeliverable: 3 %, expired: 1 % }`; the rest is delivered. Also"
                + " as receipts write them: UNDELIV.")
        Map<String, Share> states,
    @Doc("The share that comes twice.") @Default("0 %") Share duplicates,
    @Doc("The share that never comes.") @Default("0 %") Share missing,
    @Doc("The share that comes before the answer to its submit.") @Default("0 %") Share early,
    @Doc("The share whose text is cut and garbled.") @Default("0 %") Share malformed,
    @Doc("How ids are written: decimal, hex, or hex then decimal (hex in the answer only).")
        @Default("decimal")
        Receipts.Ids ids,
    @Doc("Whether receipted_message_id and message_state say it, too.") @Default("true")
        boolean optional) {}
