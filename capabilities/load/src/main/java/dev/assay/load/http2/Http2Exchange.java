package dev.assay.load.http2;

/**
 * Is told what happens on one stream: {@code status}, its {@code header}s, {@code headersEnd}, then
 * {@code data} any number of times, then {@code trailer}s, then {@code ended}; or, from any of
 * these on, {@code failed}. After {@code ended} or {@code failed} nothing more is told and the
 * stream belongs to another request. Interim responses (1xx) are not told.
 *
 * <p>Each call comes on the thread that called the session, and may itself open, feed or cancel
 * streams of it.
 */
public interface Http2Exchange {

  /** Why a stream failed. */
  enum Failure {
    /** The server did not process it at all: REFUSED_STREAM. */
    REFUSED,
    /** The server is going away and did not process it; another connection may. */
    UNPROCESSED,
    /** The server ended it before it was complete. */
    RESET,
    /** What came is no valid response. */
    MALFORMED,
    /** The whole connection is at fault: {@link Http2Session#fault()} says why. */
    BROKEN,
    /** The connection was closed before the response was complete. */
    CLOSED
  }

  /**
   * A frame of the stream came or began to come.
   *
   * @param size how many bytes it has, its header included
   */
  default void frame(int size) {}

  /** The status of the response, 200 to 999. */
  void status(int status);

  /** A field of the header section, valid until the call returns. */
  default void header(HeaderField field) {}

  /** The header section is complete; more may follow. */
  default void headersEnd() {}

  /** Bytes of the body, valid until the call returns. */
  default void data(byte[] bytes, int from, int to) {}

  /** A field of the trailers, valid until the call returns. */
  default void trailer(HeaderField field) {}

  /** What was queued by {@link Http2Session#send} has all been taken: more may be queued. */
  default void drained() {}

  /** The response is complete. */
  void ended();

  /**
   * There will be no complete response.
   *
   * @param errorCode what the server said, of {@link ErrorCode}; 0 where it said nothing
   */
  void failed(Failure why, int errorCode);
}
