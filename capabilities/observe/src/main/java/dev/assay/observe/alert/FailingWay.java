package dev.assay.observe.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way by which somebody is not told. Immutable.
 *
 * @param receiver who
 * @param kind webhook, slack, pagerduty, email or gateway
 * @param since when it failed first
 * @param tries how often it failed since
 * @param why in words, the last time
 * @param next when it is tried again; null where that was given up, until there is something new or
 *     it is time to repeat
 */
public record FailingWay(
    String receiver, String kind, Instant since, int tries, String why, @Nullable Instant next) {

  /** In one sentence without its full stop. */
  public String sentence() {
    return receiver
        + " is not told by "
        + kind
        + " ("
        + tries
        + (tries == 1 ? " try" : " tries")
        + "): "
        + why;
  }
}
