package dev.assay.gateway;

import java.util.Locale;

/**
 * Where a message is in its life. A message goes only forward: from left to right in {@code
 * ACCEPTED → ROUTED → SUBMITTED → ACKNOWLEDGED → (DELIVERED | FAILED | EXPIRED | UNKNOWN)}, but for
 * {@link #mayBecome} back when a provider did not take it.
 */
public enum State {
  /** It is on our disk, and the client knows. */
  ACCEPTED,
  /** A provider is chosen. */
  ROUTED,
  /** It is about to go out, or went out, and there is no answer: in doubt if we die now. */
  SUBMITTED,
  /** The provider has it. */
  ACKNOWLEDGED,
  /** The recipient has it. */
  DELIVERED,
  /** It never will be delivered. */
  FAILED,
  /** Its time ran out. */
  EXPIRED,
  /** Nobody can say what became of it. */
  UNKNOWN;

  /** Whether nothing more becomes of a message in this state. */
  public boolean settled() {
    return this.compareTo(ACKNOWLEDGED) > 0;
  }

  /** Whether a message in this state may be in that one next. */
  public boolean mayBecome(State next) {
    return switch (this) {
      case ACCEPTED -> next == ROUTED || next == FAILED || next == EXPIRED;
      // another provider, where this one is not there
      case ROUTED -> next == SUBMITTED || next == ROUTED || next == FAILED || next == EXPIRED;
      // back where the provider did not take it, or where it is sent again in doubt
      case SUBMITTED ->
          next == ACKNOWLEDGED
              || next == ROUTED
              || next == FAILED
              || next == EXPIRED
              || next == UNKNOWN
              || next == DELIVERED;
      // news of a part or on the way; another channel, where this one did not deliver
      case ACKNOWLEDGED -> next.settled() || next == ACKNOWLEDGED || next == ROUTED;
      // a receipt that comes late is believed
      case UNKNOWN -> next == DELIVERED || next == FAILED || next == EXPIRED;
      case DELIVERED, FAILED, EXPIRED -> false;
    };
  }

  /** As the API writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
