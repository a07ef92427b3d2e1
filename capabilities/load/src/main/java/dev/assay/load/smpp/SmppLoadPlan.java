package dev.assay.load.smpp;

import dev.assay.smpp.codec.Pdu;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A load of messages. Immutable.
 *
 * @param address of the message centre
 * @param bind how each session binds
 * @param message what is sent; the last eight digits of its destination are counted up
 * @param first what is counted from, 0 to 99999999
 * @param sessions how many
 * @param window how many submits of a session may be unanswered
 * @param rate how many a second over all sessions; 0 for as fast as the windows let them
 * @param warm how long it runs before it is measured
 * @param measured how long it is measured
 */
public record SmppLoadPlan(
    InetSocketAddress address,
    Pdu bind,
    Pdu message,
    long first,
    int sessions,
    int window,
    double rate,
    Duration warm,
    Duration measured) {

  /** Checks the ranges. */
  public SmppLoadPlan {
    if (sessions < 1 || window < 1 || rate < 0 || measured.isZero() || measured.isNegative()) {
      throw new IllegalArgumentException(
          "a load needs a session, a window of 1 or more, and some time");
    }
  }
}
