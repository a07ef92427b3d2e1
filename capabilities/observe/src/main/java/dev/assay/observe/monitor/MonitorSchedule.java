package dev.assay.observe.monitor;

import dev.assay.gateway.schedule.CronExpression;
import dev.assay.gateway.schedule.Occurrences;
import dev.assay.gateway.schedule.Zones;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a monitor is due. Moments of {@code every} are whole multiples since 1970, so that a restart
 * does not move them; those of {@code cron} are of the local time of a zone, each once, also where
 * clocks are changed. The jitter of a moment is drawn from the monitor's name and the moment, so
 * that it is the same for everybody who asks. Immutable.
 */
public final class MonitorSchedule {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final String name;
  private final @Nullable Duration every;
  private final @Nullable Occurrences cron;
  private final long jitterMillis;

  private MonitorSchedule(
      String name, @Nullable Duration every, @Nullable Occurrences cron, long jitterMillis) {
    this.name = name;
    this.every = every;
    this.cron = cron;
    this.jitterMillis = jitterMillis;
  }

  /**
   * The schedule of a monitor.
   *
   * @throws IllegalArgumentException with a sentence for people, if it says none
   */
  public static MonitorSchedule of(String name, MonitorConfiguration entry) {
    Duration every = entry.every();
    String cron = entry.cron();
    if ((every == null) == (cron == null)) {
      throw new IllegalArgumentException("it needs one of `every` and `cron`");
    }
    if (every != null && (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("`every` is from 1s to 366 days");
    }
    Duration jitter = entry.jitter();
    if (jitter.isNegative() || every != null && jitter.compareTo(every) >= 0) {
      throw new IllegalArgumentException("`jitter` is shorter than `every`, and not below 0");
    }
    Occurrences occurrences =
        cron == null
            ? null
            : new Occurrences(CronExpression.parse(cron), Zones.named(entry.zone()));
    return new MonitorSchedule(name, every, occurrences, jitter.toMillis());
  }

  /** The first moment after one, without its jitter; null where there is none any more. */
  public @Nullable Instant next(Instant after) {
    Duration step = every;
    Occurrences occurrences = cron;
    if (step != null) {
      long millis = step.toMillis();
      return Instant.ofEpochMilli(Math.floorDiv(after.toEpochMilli(), millis) * millis + millis);
    }
    return occurrences == null ? null : occurrences.next(after).orElse(null);
  }

  /** A moment with its jitter. */
  public Instant jittered(Instant moment) {
    if (jitterMillis == 0) {
      return moment;
    }
    long seed = moment.toEpochMilli() * 31 + name.hashCode();
    return moment.plusMillis(new SplittableRandom(seed).nextLong(jitterMillis));
  }

  /** How many moments lie after one and not after another, counted up to a limit. */
  public int between(Instant after, Instant until, int limit) {
    Duration step = every;
    if (step != null) {
      long millis = step.toMillis();
      long count =
          Math.floorDiv(until.toEpochMilli(), millis) - Math.floorDiv(after.toEpochMilli(), millis);
      return Math.clamp(count, 0, limit);
    }
    int count = 0;
    Instant at = next(after);
    while (at != null && !at.isAfter(until) && count < limit) {
      count++;
      at = next(at);
    }
    return count;
  }
}
