package dev.assay.smpp.session;

import dev.assay.smpp.codec.Command;

/** What a session may do (SMPP 5.0, section 2.3 and table 2-2). */
public enum SessionState {
  /** Connected, not bound. */
  OPEN,
  /** The ESME only sends. */
  BOUND_TRANSMITTER,
  /** The ESME only receives. */
  BOUND_RECEIVER,
  /** The ESME sends and receives. */
  BOUND_TRANSCEIVER,
  /** Ended. */
  CLOSED;

  /** Whether an ESME is bound. */
  public boolean bound() {
    return this != OPEN && this != CLOSED;
  }

  /** Whether the ESME may send messages. */
  public boolean sends() {
    return this == BOUND_TRANSMITTER || this == BOUND_TRANSCEIVER;
  }

  /** Whether the ESME may be sent messages. */
  public boolean receives() {
    return this == BOUND_RECEIVER || this == BOUND_TRANSCEIVER;
  }

  /** The state that a bind leads to. */
  static SessionState after(Command bind) {
    return switch (bind) {
      case BIND_TRANSMITTER -> BOUND_TRANSMITTER;
      case BIND_RECEIVER -> BOUND_RECEIVER;
      default -> BOUND_TRANSCEIVER;
    };
  }

  /** Whether a request from an ESME is allowed to come to a message centre. */
  boolean allowsFromEsme(Command command) {
    return switch (command) {
      case SUBMIT_SM,
          SUBMIT_MULTI,
          QUERY_SM,
          REPLACE_SM,
          CANCEL_SM,
          BROADCAST_SM,
          QUERY_BROADCAST_SM,
          CANCEL_BROADCAST_SM ->
          sends();
      case DATA_SM -> bound();
      default -> false;
    };
  }

  /** Whether a request from a message centre is allowed to come to an ESME. */
  boolean allowsFromCentre(Command command) {
    return switch (command) {
      case DELIVER_SM, DATA_SM -> receives();
      case ALERT_NOTIFICATION -> bound();
      case OUTBIND -> this == OPEN;
      default -> false;
    };
  }
}
