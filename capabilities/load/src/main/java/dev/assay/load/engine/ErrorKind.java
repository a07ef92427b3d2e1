package dev.assay.load.engine;

import java.util.Locale;

/** What kind of failure a request had. */
public enum ErrorKind {
  /** No connection: refused, unreachable, not set up within the time-out. */
  CONNECT(false),
  /** The TLS handshake or its records failed. */
  TLS(false),
  /** The peer reset the connection, or it broke while sending. */
  RESET(false),
  /** No complete response within the time-out. */
  TIMEOUT(true),
  /** What came was not what the protocol allows. */
  PROTOCOL(false),
  /** A status that the step does not accept. */
  STATUS(true),
  /** A gRPC status that the step does not accept. */
  GRPC(true),
  /** An expectation of headers or body was not met, or a value to save was not there. */
  CHECK(true),
  /** The peer closed the connection before the response was complete. */
  CLOSED(false),
  /** Never sent: no connection was free and the queue was full, or the drain ended. */
  DROPPED(false);

  private final boolean latency;

  ErrorKind(boolean latency) {
    this.latency = latency;
  }

  /** The label in evidence, such as {@code timeout}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the time until the failure belongs into the latency: a request that timed out took at
   * least that long, and one with a bad status was answered. A refusal or a reset takes next to no
   * time and would make a broken target look fast.
   */
  public boolean countsAsLatency() {
    return latency;
  }
}
