package dev.assay.load.engine;

import dev.assay.load.events.EventStreamReader;

/** Counts and times the events of a response that streams them. Used again; not thread-safe. */
final class EventStream {

  private final EventStreamReader reader = new EventStreamReader(false);
  private long last;

  /** Prepares for a response. */
  void begin() {
    reader.begin();
  }

  /** Reads the next bytes of the body, up to the last event that the user wants. */
  void feed(LoadLoop loop, User user, byte[] bytes, int from, int to) {
    long now = loop.nanos();
    int at = from;
    while (at < to && user.eventsSeen < user.events) {
      at = reader.read(bytes, at, to);
      if (reader.complete()) {
        loop.event(user, user.eventsSeen == 0, now - (user.eventsSeen == 0 ? user.sent : last));
        user.eventsSeen++;
        last = now;
      }
    }
  }

  boolean oversize() {
    return reader.oversize();
  }
}
