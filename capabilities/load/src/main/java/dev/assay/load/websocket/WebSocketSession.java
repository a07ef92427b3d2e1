package dev.assay.load.websocket;

import dev.assay.load.websocket.FrameReader.Event;

/**
 * An open WebSocket from the client's side: answers pings, answers a close, fails the connection
 * where the server breaks a rule, and reports what is left (RFC 6455 sections 5.5 and 7).
 *
 * <p>Not thread-safe; one for each connection. The {@link FrameWriter} may be the loop's.
 */
public final class WebSocketSession {

  /** How far a session is. */
  public enum State {
    /** Both sides may send messages. */
    OPEN,
    /** This side sent its close frame and waits for the server's. */
    CLOSING,
    /** Nothing more is to be sent or read: close the connection. */
    CLOSED
  }

  private final FrameReader reader;
  private State state = State.OPEN;

  /** A session that just opened. */
  public WebSocketSession(FrameReader reader) {
    this.reader = reader;
  }

  /**
   * Reads until something is to be told or the bytes are used up.
   *
   * @param answers takes the frames that the server must be sent; a pong for each ping, so at most
   *     three times as many bytes as were read, and a close frame
   * @return the index after the last byte read
   */
  public int read(byte[] bytes, int from, int to, FrameWriter answers) {
    int at = from;
    do {
      at = reader.read(bytes, at, to);
      switch (reader.event()) {
        case PING -> {
          if (state == State.OPEN) {
            answers.pong(reader.payload(), reader.payloadFrom(), reader.payloadTo());
          }
        }
        case PONG, NONE -> {}
        case DATA -> {
          return at;
        }
        case CLOSE -> {
          closed(answers, reader.closeCode());
          return at;
        }
        case FAULT -> {
          WebSocketFault fault = reader.fault();
          closed(answers, fault == null ? 1002 : fault.closeCode());
          return at;
        }
      }
    } while (at < to);
    return at;
  }

  /**
   * What the last call of {@link #read} came upon: DATA, CLOSE, FAULT, or NONE where all bytes were
   * read and nothing is to be told. The details are the {@link #reader}'s.
   */
  public Event event() {
    Event event = reader.event();
    return event == Event.PING || event == Event.PONG ? Event.NONE : event;
  }

  /** Where the details of an event stand. */
  public FrameReader reader() {
    return reader;
  }

  /** How far the session is. */
  public State state() {
    return state;
  }

  /** Begins to close: after this nothing is sent any more. */
  public void close(int code, FrameWriter into) {
    if (state == State.OPEN) {
      state = State.CLOSING;
      into.close(code);
    }
  }

  private void closed(FrameWriter answers, int code) {
    if (state == State.OPEN) {
      answers.close(code == FrameReader.NO_CODE ? 1000 : code);
    }
    state = State.CLOSED;
  }
}
