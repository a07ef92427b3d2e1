package dev.assay.virtual.smsc;

import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.text.MessageState;
import java.time.Instant;

/** A message that a virtual SMSC took. Thread-safe. */
final class Message {

  private final long number;
  private final String source;
  private final Pdu submit;
  private final String destination;
  private final Instant accepted;
  private final MessageState end;
  private MessageState state = MessageState.ENROUTE;

  /**
   * One that was just taken.
   *
   * @param end the state that it will reach
   */
  Message(
      long number,
      String source,
      String destination,
      Pdu submit,
      Instant accepted,
      MessageState end) {
    this.number = number;
    this.source = source;
    this.destination = destination;
    this.submit = submit;
    this.accepted = accepted;
    this.end = end;
  }

  long number() {
    return number;
  }

  String source() {
    return source;
  }

  String destination() {
    return destination;
  }

  Pdu submit() {
    return submit;
  }

  Instant accepted() {
    return accepted;
  }

  synchronized MessageState state() {
    return state;
  }

  /** Reaches its end, unless it was cancelled before. */
  synchronized MessageState settle() {
    if (state == MessageState.ENROUTE) {
      state = end;
    }
    return state;
  }

  /** Cancels it; false where it was settled before. */
  synchronized boolean cancel() {
    if (state != MessageState.ENROUTE) {
      return false;
    }
    state = MessageState.DELETED;
    return true;
  }
}
