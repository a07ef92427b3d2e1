package dev.assay.smpp.session;

import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens in sessions. Called on a session's own thread, so it must not block; frames
 * and fields are good only until the call returns.
 */
public interface SessionListener {

  /**
   * At a message centre: somebody wants to bind.
   *
   * @return {@link Status#ROK}, or why not
   */
  default int bind(SmppSession session, Pdu bind) {
    return Status.RBINDFAIL;
  }

  /** The session is bound. */
  default void bound(SmppSession session) {}

  /**
   * A PDU came, before anything is done with it.
   *
   * @return whether that was all that shall be done with it
   */
  default boolean intercept(SmppSession session, Frame frame) {
    return false;
  }

  /**
   * A request came that is right and allowed; it is answered now or later by {@link
   * SmppSession#answer}.
   *
   * @param fields of a submit_sm or deliver_sm; null of others
   */
  void request(SmppSession session, Frame frame, @Nullable MessageFields fields);

  /**
   * An answer came to what was sent with a token.
   *
   * @param sentNanos when it was sent, by the transport's clock
   * @param frame the answer; its status tells whether it is good
   */
  default void answered(SmppSession session, long token, long sentNanos, Frame frame) {}

  /** No answer came in time, or the session ended before. */
  default void unanswered(SmppSession session, long token, boolean closed) {}

  /** An answer came that nothing was asked for. */
  default void unexpected(SmppSession session, Frame frame) {}

  /** All that one reading brought was handled; what is sent now goes out with the answers. */
  default void readComplete(SmppSession session) {}

  /** The session ended. */
  default void closed(SmppSession session, CloseReason reason) {}
}
