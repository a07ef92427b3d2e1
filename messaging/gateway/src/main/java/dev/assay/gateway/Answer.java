package dev.assay.gateway;

import java.time.Duration;
import java.util.List;

/** What a channel says after it was given a message. */
public sealed interface Answer {

  /**
   * The provider has it.
   *
   * @param providerIds the provider's ids of it, one for each part; statuses come by them
   */
  record Accepted(List<String> providerIds) implements Answer {
    /** Copies the list. */
    public Accepted {
      providerIds = List.copyOf(providerIds);
    }
  }

  /**
   * The provider will never take it. Another channel may.
   *
   * @param code the provider's own code, such as {@code ESME_RINVDSTADR} or {@code 131026}
   * @param reason in words, without numbers or texts of people
   */
  record Rejected(String code, String reason) implements Answer {}

  /**
   * Not taken now, and certainly not sent; it may be given again.
   *
   * @param after not before; zero for the gateway's own choice
   * @param cause why
   * @param reason in words
   */
  record Again(Duration after, Cause cause, String reason) implements Answer {}

  /**
   * It may have been taken: it went out and nothing came back. Whether it is sent again, and so
   * perhaps twice, is a matter of policy.
   *
   * @param reason in words
   */
  record InDoubt(String reason) implements Answer {}

  /** Why a channel does not take a message now. */
  enum Cause {
    /** Too many at once; the provider is well. */
    THROTTLED,
    /** The provider is not there, or says that it is ill. */
    UNAVAILABLE
  }
}
