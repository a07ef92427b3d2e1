package dev.assay.smpp.session;

import java.time.Duration;

/**
 * What a session keeps to. Immutable.
 *
 * @param longestPdu in bytes; a longer one ends the session before any of it is kept
 * @param window how many requests may be unanswered, at most
 * @param adaptive whether the window shrinks while the other end throttles
 * @param answerWithin how long an answer may take
 * @param enquireAfter how long nothing may come before the other end is asked whether it is there
 * @param bindWithin how long a connection may be unbound
 * @param unbindGrace how long an unbind waits for answers that are missing
 * @param queue how many requests of other threads may wait for the window
 * @param firstSequence the first sequence number, 1 to 0x7FFFFFFF
 */
public record SessionOptions(
    int longestPdu,
    int window,
    boolean adaptive,
    Duration answerWithin,
    Duration enquireAfter,
    Duration bindWithin,
    Duration unbindGrace,
    int queue,
    int firstSequence) {

  /** message_payload may have 64 KiB. */
  private static final int LONGEST = 70_000;

  /** Checks the ranges. */
  public SessionOptions {
    if (longestPdu < 16 || window < 1 || window > 65_536 || queue < 0 || firstSequence < 1) {
      throw new IllegalArgumentException(
          "a session needs a PDU of 16 bytes or more, a window of 1 to 65536, and a first sequence"
              + " number above 0");
    }
  }

  /** What is used where nothing is said: a window of 50, 10 s for an answer. */
  public static SessionOptions standard() {
    return new SessionOptions(
        LONGEST,
        50,
        false,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        10_000,
        1);
  }

  /** The same with another window. */
  public SessionOptions withWindow(int most, boolean adapts) {
    return new SessionOptions(
        longestPdu,
        most,
        adapts,
        answerWithin,
        enquireAfter,
        bindWithin,
        unbindGrace,
        queue,
        firstSequence);
  }

  /** The same with other times. */
  public SessionOptions withTimes(
      Duration answer, Duration enquire, Duration bind, Duration grace) {
    return new SessionOptions(
        longestPdu, window, adaptive, answer, enquire, bind, grace, queue, firstSequence);
  }

  /** The same that begins with another sequence number. */
  public SessionOptions withFirstSequence(int sequence) {
    return new SessionOptions(
        longestPdu,
        window,
        adaptive,
        answerWithin,
        enquireAfter,
        bindWithin,
        unbindGrace,
        queue,
        sequence);
  }

  /** How often a session looks at its clocks. */
  Duration tick() {
    Duration least = answerWithin;
    for (Duration each : new Duration[] {enquireAfter, bindWithin, unbindGrace}) {
      least = each.compareTo(least) < 0 ? each : least;
    }
    return Duration.ofMillis(Math.clamp(least.toMillis() / 4, 10, 1000));
  }
}
