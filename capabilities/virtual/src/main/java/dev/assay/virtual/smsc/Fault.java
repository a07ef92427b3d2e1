package dev.assay.virtual.smsc;

import dev.assay.smpp.codec.Command;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong: at the PDU of a number, or at a time after the first bind. Immutable.
 *
 * @param kind what
 * @param on which PDUs are counted, in each session; null counts all
 * @param number at which one, from 1; 0 where it is a matter of time
 * @param every whether it is so again after as many
 * @param at when, after the first bind
 * @param lasts how long; zero for at once
 */
public record Fault(
    Kind kind, @Nullable Command on, int number, boolean every, Duration at, Duration lasts) {

  /** What goes wrong. */
  public enum Kind {
    /** The connection is closed. */
    DISCONNECT,
    /** The connection is reset. */
    RESET,
    /** The connection stays, and nobody is there. */
    HALF_OPEN,
    /** The message centre unbinds. */
    UNBIND,
    /** The PDU is not answered. */
    NO_ANSWER,
    /** The answer has another sequence number. */
    WRONG_SEQUENCE,
    /** Bytes that are no PDU come instead of an answer. */
    GARBAGE,
    /** A submit is answered by ESME_RTHROTTLED. */
    THROTTLE,
    /** Nothing is read for so long. */
    SLOW_READER,
    /** Binds are refused for so long. */
    REFUSE_BINDS
  }

  /** Whether it belongs to a PDU, not to a time. */
  boolean counted() {
    return number > 0;
  }

  /** Whether it is on at a moment after the first bind. */
  boolean on(long sinceFirstBind) {
    long from = at.toNanos();
    return !counted() && sinceFirstBind >= from && sinceFirstBind < from + lasts.toNanos();
  }
}
