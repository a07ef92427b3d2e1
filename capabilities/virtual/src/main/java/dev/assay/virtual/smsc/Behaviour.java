package dev.assay.virtual.smsc;

import dev.assay.smpp.codec.Status;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual SMSC does. Immutable.
 *
 * @param accounts passwords by system id; without any, everybody may bind
 * @param latency how long an answer to a submit takes
 * @param loss the share of submits that are never answered
 * @param refused the share of submits that are refused
 * @param refusal by which status
 * @param rate how many submits an account may send a second; 0 for any
 * @param throttle the status of those above
 * @param queue how many messages of an account may wait for their final state before submits are
 *     answered by ESME_RMSGQFUL; 0 for any
 * @param window how many receipts and messages may be unanswered in a session
 * @param receipts which receipts it sends where they are asked for; null for none
 * @param incoming messages of subscribers; null for none
 * @param faults what goes wrong
 */
public record Behaviour(
    Map<String, String> accounts,
    Delay latency,
    double loss,
    double refused,
    int refusal,
    double rate,
    int throttle,
    int queue,
    int window,
    @Nullable Receipts receipts,
    @Nullable Incoming incoming,
    List<Fault> faults) {

  /**
   * Messages of subscribers.
   *
   * @param rate how many a second, to each account that is bound
   * @param from the number of the subscriber
   * @param to the number that was written to
   * @param text what it says
   */
  public record Incoming(double rate, String from, String to, String text) {}

  /** Copies the collections. */
  public Behaviour {
    accounts = Map.copyOf(accounts);
    faults = List.copyOf(faults);
  }

  /** One that takes everything at once, and sends receipts where they are asked for. */
  public static Behaviour plain() {
    return new Behaviour(
        Map.of(),
        Delay.NONE,
        0,
        0,
        Status.RSYSERR,
        0,
        Status.RTHROTTLED,
        0,
        50,
        Receipts.prompt(),
        null,
        List.of());
  }

  /** The same with other accounts. */
  public Behaviour withAccounts(Map<String, String> others) {
    return new Behaviour(
        others, latency, loss, refused, refusal, rate, throttle, queue, window, receipts, incoming,
        faults);
  }
}
