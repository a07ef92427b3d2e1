package dev.assay.gateway.engine;

import java.time.Duration;

/**
 * What an engine keeps to. Immutable.
 *
 * @param memory how many messages without a provider are in memory
 * @param accepts how many messages may wait to be made durable; more are refused
 * @param batch how many happenings share a transaction, at most
 * @param failover after how long without its provider a message goes to another
 * @param grace how long after its end of validity a receipt is waited for
 * @param callbacks how many callbacks of one key are in memory
 */
public record EngineOptions(
    int memory, int accepts, int batch, Duration failover, Duration grace, int callbacks) {

  /** What is used where nothing is said. */
  public static EngineOptions standard() {
    return new EngineOptions(
        20_000, 20_000, 4_000, Duration.ofSeconds(1), Duration.ofMinutes(5), 5_000);
  }

  /** The same with another number of messages in memory. */
  public EngineOptions withMemory(int messages) {
    return new EngineOptions(messages, accepts, batch, failover, grace, callbacks);
  }

  /** The same with another number of callbacks of a key in memory. */
  public EngineOptions withCallbacks(int most) {
    return new EngineOptions(memory, accepts, batch, failover, grace, most);
  }

  /** The same with another grace. */
  public EngineOptions withGrace(Duration other) {
    return new EngineOptions(memory, accepts, batch, failover, other, callbacks);
  }
}
