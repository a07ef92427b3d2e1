package dev.assay.load.grpc;

import java.io.Closeable;
import java.io.IOException;

/** A connection that is waited for: for what is asked before the start, never for load. */
interface Wire extends Closeable {

  /**
   * Waits for bytes.
   *
   * @param nanos how long, at least 1
   * @return how many came, -1 where the other side closed
   * @throws java.net.SocketTimeoutException if none came in that time
   */
  int read(byte[] into, long nanos) throws IOException;

  /** Sends bytes, however long that takes, but no longer than that. */
  void write(byte[] bytes, int from, int to, long nanos) throws IOException;
}
