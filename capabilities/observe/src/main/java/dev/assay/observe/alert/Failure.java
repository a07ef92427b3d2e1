package dev.assay.observe.alert;

import java.time.Duration;

/**
 * Why a notification did not arrive. Immutable.
 *
 * @param why in words
 * @param after how long whoever refused it asks to wait at least ({@code Retry-After}); nought
 *     where it asks for nothing
 */
public record Failure(String why, Duration after) {

  /** One after which nobody asks to wait. */
  public Failure(String why) {
    this(why, Duration.ZERO);
  }
}
