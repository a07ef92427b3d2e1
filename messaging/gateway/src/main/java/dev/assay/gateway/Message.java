package dev.assay.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A message as a channel is given it. Immutable.
 *
 * @param id the gateway's own id, the same for every attempt and channel; never empty
 * @param tenant whose message it is
 * @param from the sender as recipients see it: a number, a name, an address; empty for the
 *     channel's own
 * @param to whom it is for, as the channel addresses people: a number in international form with or
 *     without a plus, an e-mail address, a room
 * @param text what it says
 * @param channels the names of the channels to try, in this order; empty for the routes' choice
 * @param expires when it is no use any more
 * @param receipt whether somebody wants to know what became of it
 * @param properties what only some channels know, such as {@code subject}; by name
 */
public record Message(
    String id,
    String tenant,
    String from,
    String to,
    String text,
    List<String> channels,
    Instant expires,
    boolean receipt,
    Map<String, String> properties) {

  /** Copies the collections. */
  public Message {
    channels = List.copyOf(channels);
    properties = Map.copyOf(properties);
  }
}
