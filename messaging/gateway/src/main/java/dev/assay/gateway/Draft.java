package dev.assay.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not accepted yet. Immutable.
 *
 * @param tenant whose it is
 * @param from the sender; empty for the route's own
 * @param to whom it is for
 * @param text what it says
 * @param channels the names or kinds of channels to try, in this order; empty for the routes'
 *     choice
 * @param validity how long it is of use
 * @param reference the client's own, told with every status; empty where there is none
 * @param callback where statuses go; null for where the client's key says
 * @param receipt whether what becomes of it after a provider has it is to be found out
 * @param properties what only some channels know
 */
public record Draft(
    String tenant,
    String from,
    String to,
    String text,
    List<String> channels,
    Duration validity,
    String reference,
    @Nullable String callback,
    boolean receipt,
    Map<String, String> properties) {

  /** Copies the collections. */
  public Draft {
    channels = List.copyOf(channels);
    properties = Map.copyOf(properties);
  }
}
