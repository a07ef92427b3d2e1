package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way that failed, and when it is tried again. Pauses grow from 2 seconds to 5 minutes, each of
 * them a random part of that ("full jitter", Brooker, Exponential Backoff And Jitter, 2015) and a
 * second at least, so that not all come back at once; who asks to wait for longer is waited for, up
 * to a quarter of an hour. After two hours and twenty tries it is given up. Immutable.
 *
 * @param tries how often it failed
 * @param since when it failed first
 * @param next when it may be tried again
 * @param why why it failed the last time
 */
record Retry(int tries, Instant since, Instant next, String why) {

  static final Duration FIRST = Duration.ofSeconds(2);
  static final Duration LONGEST = Duration.ofMinutes(5);
  static final Duration LONGEST_ASKED = Duration.ofMinutes(15);
  static final Duration TRYING = Duration.ofHours(2);
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final int MOST_DOUBLED = 16;

  /** So often at least, also where most of the time nobody was there to try. */
  private static final int ENOUGH = 20;

  /**
   * It failed once more.
   *
   * @param seed of the way and what it is to tell, so that each has pauses of its own
   */
  static Retry after(@Nullable Retry before, String seed, Failure failure, Instant now) {
    int tries = before == null ? 1 : before.tries + 1;
    Instant since = before == null ? now : before.since;
    Duration asked = failure.after().compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : failure.after();
    Duration pause = pause(tries, seed.hashCode() * 31L + since.toEpochMilli());
    return new Retry(
        tries, since, now.plus(asked.compareTo(pause) > 0 ? asked : pause), failure.why());
  }

  /** From a second to the longest that this try may wait. */
  static Duration pause(int tries, long seed) {
    long longest =
        Math.min(FIRST.toMillis() << Math.min(tries - 1, MOST_DOUBLED), LONGEST.toMillis());
    long least = LEAST.toMillis();
    return Duration.ofMillis(least + Math.floorMod(mixed(seed + tries), longest - least + 1));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mixed(long seed) {
    long z = seed * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** Whether it may be tried; a time that is too far away was told by a clock that went wrong. */
  boolean due(Instant now) {
    return !next.isAfter(now) || next.isAfter(now.plus(LONGEST_ASKED));
  }

  /** Whether it was tried for long enough. */
  boolean over(Instant now) {
    return tries >= ENOUGH && !since.plus(TRYING).isAfter(now);
  }

  Json json() {
    return Json.object()
        .put("tries", tries)
        .put("since", since.toString())
        .put("next", next.toString())
        .put("why", why)
        .build();
  }

  static Retry of(Json json) {
    Json.Obj object = json.asObject();
    return new Retry(
        Math.toIntExact(object.whole("tries")),
        Instant.parse(object.text("since")),
        Instant.parse(object.text("next")),
        object.text("why"));
  }
}
