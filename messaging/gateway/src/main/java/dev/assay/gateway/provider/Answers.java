package dev.assay.gateway.provider;

import dev.assay.gateway.Answer;
import dev.assay.gateway.State;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.text.MessageState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the words of SMPP mean to the gateway. */
final class Answers {

  /** The ESME's receiver is ill, for a while. */
  private static final int RX_T_APPN = 0x64;

  /** The centre's own, for a while. */
  private static final int RSYSERR = 0x08;

  private Answers() {}

  /** What a refusal means. */
  static Answer refusal(int status) {
    if (Status.throttles(status)) {
      return new Answer.Again(Duration.ZERO, Answer.Cause.THROTTLED, Status.name(status));
    }
    return switch (status) {
      case RSYSERR, RX_T_APPN, Status.RINVBNDSTS ->
          new Answer.Again(Duration.ZERO, Answer.Cause.UNAVAILABLE, Status.name(status));
      default -> new Answer.Rejected(Status.name(status), "the message centre refused it");
    };
  }

  /** What a state means. */
  static State state(@Nullable MessageState state) {
    if (state == null) {
      return State.UNKNOWN;
    }
    return switch (state) {
      case DELIVERED -> State.DELIVERED;
      case EXPIRED -> State.EXPIRED;
      case DELETED, UNDELIVERABLE, REJECTED, SKIPPED -> State.FAILED;
      case UNKNOWN -> State.UNKNOWN;
      case SCHEDULED, ENROUTE, ACCEPTED -> State.ACKNOWLEDGED;
    };
  }
}
