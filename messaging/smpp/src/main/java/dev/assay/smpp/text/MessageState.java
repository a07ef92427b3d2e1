package dev.assay.smpp.text;

import java.util.Locale;
import java.util.Optional;

/** The states of a message (SMPP 5.0, section 4.7.15), with how receipts write them. */
public enum MessageState {
  /** It waits for its time. */
  SCHEDULED(0, "SCHEDLD"),
  /** It is on its way. */
  ENROUTE(1, "ENROUTE"),
  /** It was delivered. */
  DELIVERED(2, "DELIVRD"),
  /** Its time ran out. */
  EXPIRED(3, "EXPIRED"),
  /** It was deleted. */
  DELETED(4, "DELETED"),
  /** It cannot be delivered. */
  UNDELIVERABLE(5, "UNDELIV"),
  /** Somebody took it for the subscriber. */
  ACCEPTED(6, "ACCEPTD"),
  /** Nobody knows. */
  UNKNOWN(7, "UNKNOWN"),
  /** It was refused. */
  REJECTED(8, "REJECTD"),
  /** It was taken, and not delivered. */
  SKIPPED(9, "SKIPPED");

  private final int code;
  private final String receipt;

  MessageState(int code, String receipt) {
    this.code = code;
    this.receipt = receipt;
  }

  /** The value of message_state. */
  public int code() {
    return code;
  }

  /** The word of a receipt's {@code stat:}. */
  public String receipt() {
    return receipt;
  }

  /** Whether nothing more will become of the message. */
  public boolean settled() {
    return this != SCHEDULED && this != ENROUTE && this != ACCEPTED;
  }

  /** The state of that code. */
  public static Optional<MessageState> of(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }

  /** The state that a receipt's word means: the specification's, whole words, vendors' own. */
  public static Optional<MessageState> of(String word) {
    String upper = word.strip().toUpperCase(Locale.ROOT);
    for (MessageState state : values()) {
      if (state.receipt.equals(upper) || state.name().equals(upper)) {
        return Optional.of(state);
      }
    }
    return switch (upper) {
      case "DELIVERD", "DELIVERY", "DLVRD", "SUCCESS" -> Optional.of(DELIVERED);
      case "UNDELIVRD", "UNDELIVERED", "UNDELIVD", "FAILED", "ERROR" -> Optional.of(UNDELIVERABLE);
      case "ACCEPT", "ACKED", "BUFFERED", "BUFFRED" -> Optional.of(ACCEPTED);
      case "EXPIRD" -> Optional.of(EXPIRED);
      case "DELETD" -> Optional.of(DELETED);
      case "REJECT", "REJCTD" -> Optional.of(REJECTED);
      case "SENT", "EN_ROUTE" -> Optional.of(ENROUTE);
      default -> Optional.empty();
    };
  }
}
