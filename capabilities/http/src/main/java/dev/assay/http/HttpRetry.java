package dev.assay.http;

import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import java.time.Duration;

/**
 * How a step is repeated until what is expected holds.
 *
 * @param within after this time no attempt begins; at most 1000 times {@code every}
 * @param every from the beginning of an attempt to the beginning of the next, at least 10 ms
 */
@Doc("Repeats a request until what is expected holds.")
public record HttpRetry(
    @Doc("How long to repeat it; an attempt that began in time is carried to its end.") @Shorthand
        Duration within,
    @Doc("From the beginning of one attempt to that of the next.") @Default("200 ms")
        Duration every) {

  /** More attempts than this are not kept, so no more are made. */
  static final int MOST_ATTEMPTS = 1000;

  /** A shorter pause would be a load test. */
  static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
}
