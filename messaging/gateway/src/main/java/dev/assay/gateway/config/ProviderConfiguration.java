package dev.assay.gateway.config;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Rate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message centre as it is written. Immutable.
 *
 * @param smpp HOST:PORT
 * @param systemId who binds
 * @param password of that
 * @param systemType what some centres ask for
 * @param bind how
 * @param sessions how many sessions, at most
 * @param least how many at least
 * @param window unanswered submits of a session
 * @param answer how long an answer may take
 * @param throughput how many messages a second, at most
 * @param tls how the connection is secured
 * @param receipts whether receipts are asked for
 * @param query whether query_sm answers for messages whose receipt is missing
 * @param doubt what becomes of a message whose answer is missing
 * @param duplicates how often a message may be sent again in doubt
 * @param maintenance when it takes nothing
 * @param drain whether it takes nothing now
 * @param place where it stands
 */
@Doc("A message centre that speaks SMPP.")
public record ProviderConfiguration(
    @Doc("HOST:PORT.") String smpp,
    @Doc("Who binds.") String systemId,
    @Doc("The password; ${env.NAME} keeps it out of the file.") @Default("") String password,
    @Doc("What some centres ask for.") @Default("") String systemType,
    @Doc("How it binds.") @Default("transceiver") Bind bind,
    @Doc("Sessions at most; as many are open as the load needs.") @Default("1") int sessions,
    @Doc("Sessions at least.") @Default("1") int least,
    @Doc("Submits without an answer in a session, at most.") @Default("50") int window,
    @Doc("How long an answer may take before a message is in doubt.") @Default("10s")
        Duration answer,
    @Doc(
            "Messages a second, at most. Without it the gateway goes as fast as the centre lets it,"
                + " and slows down where it is throttled.")
        @Nullable Rate throughput,
    @Doc("TLS.") @Nullable ProviderTls tls,
    @Doc("Whether receipts are asked for.") @Default("true") boolean receipts,
    @Doc("Whether the centre answers query_sm, which settles messages whose receipt is missing.")
        @Default("false")
        boolean query,
    @Doc(
            "What becomes of a message that was sent and not answered: it is sent again, perhaps"
                + " twice, or is unknown.")
        @Default("resend")
        Doubt doubt,
    @Doc("How often a message may be sent again in doubt.") @Default("3") int duplicates,
    @Doc("When it takes nothing: `22:00-23:30`, in UTC, with days before it or without.")
        List<String> maintenance,
    @Doc("Whether it takes nothing now, and finishes what it has.") @Default("false") boolean drain,
    Place place) {

  /** How a session binds. */
  public enum Bind {
    /** To send and to hear, in one session. */
    TRANSCEIVER,
    /** One session to send, one to hear. */
    SEPARATE
  }

  /** What becomes of a message in doubt. */
  public enum Doubt {
    /** It is sent again. */
    RESEND,
    /** It stays unknown. */
    UNKNOWN
  }

  /** Checks the ranges. */
  public ProviderConfiguration {
    if (sessions < 1 || sessions > 100 || least < 0 || least > sessions) {
      throw new IllegalArgumentException(
          "there are 1 to 100 sessions, and not more at least than at most");
    }
    if (window < 1 || window > 10_000) {
      throw new IllegalArgumentException("a window is 1 to 10000");
    }
  }
}
