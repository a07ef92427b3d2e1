package dev.assay.server.hook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is or was told to a webhook. Immutable.
 *
 * @param id its number
 * @param webhook whom
 * @param event which event
 * @param type of which type
 * @param created since when it waits
 * @param state how far it is
 * @param attempts how often it was tried
 * @param due when it is tried next, where it waits
 * @param answer what came of the last attempt; null before the first
 */
public record Delivery(
    long id,
    String webhook,
    String event,
    String type,
    Instant created,
    State state,
    int attempts,
    Instant due,
    @Nullable String answer) {

  /** How far a delivery is. */
  public enum State {
    /** It is tried at its time. */
    WAITING,
    /** It was taken. */
    DELIVERED,
    /** It was tried often enough; somebody may send it again. */
    DEAD
  }
}
