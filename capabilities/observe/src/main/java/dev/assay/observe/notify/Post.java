package dev.assay.observe.notify;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * How notifications reach other machines; a server that does not trust who wrote the addresses
 * gives one that refuses some. Thread-safe.
 */
public interface Post {

  /**
   * What was answered. Immutable.
   *
   * @param status of HTTP
   * @param said how the body begins; empty where that is not told
   * @param after how long whoever answered asks to wait at least; nought where it asks for nothing
   */
  record Answer(int status, String said, Duration after) {}

  /**
   * Posts.
   *
   * @param patience for all of it
   * @throws IOException if nothing may be posted there, or nobody answers in time
   */
  Answer send(URI place, Map<String, String> headers, String body, Duration patience)
      throws IOException, InterruptedException;

  /**
   * Looks whether anything may be sent to a host in another way, such as by SMTP.
   *
   * @throws IOException if not
   */
  void mayReach(String host) throws IOException;
}
