package dev.assay.gateway.store;

import dev.assay.gateway.State;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of a message as its row keeps them: a line each, with step, state, milliseconds since
 * it was accepted, provider and code between tabs. So a step in a message's life is no row of its
 * own, and people can still read them in the database.
 */
final class EventLines {

  private static final State[] STATES = State.values();
  private static final int FIELDS = 5;

  private EventLines() {}

  /** Appends an event's line. */
  static void append(StringBuilder lines, StoredEvent event) {
    lines
        .append(event.step())
        .append('\t')
        .append(event.state().ordinal())
        .append('\t')
        .append(event.at() - MessageId.millis(event.message()))
        .append('\t');
    field(lines, event.provider());
    lines.append('\t');
    field(lines, event.code());
    lines.append('\n');
  }

  private static void field(StringBuilder lines, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lines.append(c < ' ' ? ' ' : c);
    }
  }

  /** Reads the lines of a message. */
  static List<StoredEvent> read(long message, String lines) {
    List<StoredEvent> events = new ArrayList<>();
    int from = 0;
    for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', from)) {
      String[] fields = lines.substring(from, end).split("\t", FIELDS);
      events.add(
          new StoredEvent(
              message,
              Integer.parseInt(fields[0]),
              STATES[Integer.parseInt(fields[1])],
              MessageId.millis(message) + Long.parseLong(fields[2]),
              fields[3],
              fields[4]));
      from = end + 1;
    }
    return events;
  }
}
