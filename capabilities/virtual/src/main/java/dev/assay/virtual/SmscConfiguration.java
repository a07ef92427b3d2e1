package dev.assay.virtual;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Share;
import dev.assay.api.value.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a virtual SMSC is written. Immutable.
 *
 * @param accounts passwords by system id
 * @param latency how long an answer to a submit takes
 * @param loss the share of submits that are taken and never answered
 * @param refused the share of submits that are refused
 * @param refusal by which status
 * @param rate how many submits an account may send
 * @param throttle the status of those above
 * @param queue how many messages may wait for their final state
 * @param window how many receipts and messages may be unanswered in a session
 * @param receipts which receipts it sends
 * @param incoming messages of subscribers
 * @param faults what goes wrong
 * @param tls certificates
 * @param place where it stands
 */
@Doc("A virtual SMSC. Without anything written it takes every message at once.")
public record SmscConfiguration(
    @Doc("Passwords by system id. Without any, everybody may bind.") Map<String, Template> accounts,
    @Doc("How long an answer to a submit takes.") @Nullable SmscDelayConfiguration latency,
    @Doc("The share of submits that are taken, but never answered.") @Default("0 %") Share loss,
    @Doc("The share of submits that are refused.") @Default("0 %") Share refused,
    @Doc("The status of those that are refused.") @Default("ESME_RSYSERR") String refusal,
    @Doc("How many submits an account may send; those above are throttled.") @Nullable Rate rate,
    @Doc("The status of those that are throttled: ESME_RTHROTTLED or ESME_RMSGQFUL.")
        @Default("ESME_RTHROTTLED")
        String throttle,
    @Doc(
            "How many messages of an account may wait for their final state, before submits are"
                + " answered by ESME_RMSGQFUL; 0 for any number.")
        @Default("0")
        int queue,
    @Doc("How many receipts and messages may be unanswered in a session.") @Default("50")
        int window,
    @Doc("The receipts that it sends to those who ask for them.")
        @Nullable SmscReceiptsConfiguration receipts,
    @Doc("Messages of subscribers.") @Nullable SmscIncomingConfiguration incoming,
    @Doc("What goes wrong, at a PDU or at a time.") List<SmscFaultConfiguration> faults,
    @Doc("Certificates, for TLS.") @Nullable SmscTlsConfiguration tls,
    Place place) {}
