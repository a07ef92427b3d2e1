package dev.assay.server.account;

import dev.assay.api.spi.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slows down who guesses passwords: by leaky buckets for a name from an address, for an address,
 * and for a name from everywhere, so that neither one guesser nor many get far, and a guesser
 * hardly shuts out whom they guess at. Bounded in memory: of too many buckets the one that was not
 * touched for longest is forgotten. Thread-safe.
 */
public final class Attempts {

  private static final int MOST = 20_000;

  /** How many attempts at once, and how long one takes to be forgotten. */
  private record Limit(int most, Duration each) {}

  private static final Limit PAIR = new Limit(5, Duration.ofMinutes(1));
  private static final Limit ADDRESS = new Limit(30, Duration.ofSeconds(10));
  private static final Limit NAME = new Limit(100, Duration.ofSeconds(30));

  /** Filled at a moment of the clock that nobody sets. */
  private record Bucket(double level, long nanos) {

    double now(Limit limit, long now) {
      return Math.max(0, level - (double) (now - nanos) / limit.each().toNanos());
    }
  }

  private record Place(String key, Limit limit) {}

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST;
        }
      };

  /** None yet. */
  public Attempts(Clock clock) {
    this.clock = clock;
  }

  private static List<Place> places(String name, String address) {
    String who = name.toLowerCase(Locale.ROOT);
    who = who.substring(0, Math.min(who.length(), 100));
    String where = network(address);
    return List.of(
        new Place("pair " + where + " " + who, PAIR),
        new Place("address " + where, ADDRESS),
        new Place("name " + who, NAME));
  }

  /** Whoever has one address of IPv6 has the other 2^64 of its network, too. */
  private static String network(String address) {
    String[] groups = address.split(":", -1);
    return groups.length < 5 || address.contains("::")
        ? address.replaceFirst("(::).*", "$1")
        : String.join(":", List.of(groups).subList(0, 4));
  }

  /**
   * Counts an attempt, unless there were too many.
   *
   * @return zero where it may be made, else how long to wait
   */
  public Duration begin(String name, String address) {
    long now = clock.nanos();
    lock.lock();
    try {
      Duration wait = Duration.ZERO;
      for (Place place : places(name, address)) {
        double over = level(place, now) + 1 - place.limit().most();
        if (over > 0) {
          long seconds = (long) Math.ceil(over * place.limit().each().toSeconds());
          wait = seconds > wait.toSeconds() ? Duration.ofSeconds(seconds) : wait;
        }
      }
      if (wait.isZero()) {
        for (Place place : places(name, address)) {
          buckets.put(place.key(), new Bucket(level(place, now) + 1, now));
        }
      }
      return wait;
    } finally {
      lock.unlock();
    }
  }

  /** The attempt was right: it and those before it from there are forgotten. */
  public void succeeded(String name, String address) {
    long now = clock.nanos();
    lock.lock();
    try {
      for (Place place : places(name, address)) {
        double left = place.limit().equals(PAIR) ? 0 : Math.max(0, level(place, now) - 1);
        buckets.put(place.key(), new Bucket(left, now));
      }
    } finally {
      lock.unlock();
    }
  }

  private double level(Place place, long now) {
    Bucket bucket = buckets.get(place.key());
    return bucket == null ? 0 : bucket.now(place.limit(), now);
  }
}
