package dev.assay.core.passport;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether what people decided lets a run go on. Its verdict stays what it is. Immutable.
 *
 * @param kind approved, or overridden
 * @param needed how many people it takes
 * @param counting what lets it go on, one of each person, that which holds longest first
 */
public record Standing(Ruling.Kind kind, int needed, List<Ruling> counting) {

  /** Copies the list. */
  public Standing {
    counting = List.copyOf(counting);
  }

  /**
   * Looks at what was ruled.
   *
   * @param ruled all that was ruled on the run
   * @param verdict the digest of what it decided
   * @param environment where it is to go on to; null for anywhere that a ruling says
   * @param needed how many people the project asks for; more where a ruling that counts was made
   *     while more were asked for
   */
  public static Standing of(
      Ruling.Kind kind,
      List<Ruled> ruled,
      String verdict,
      @Nullable String environment,
      int needed,
      Instant now) {
    Map<String, Ruling> people = new TreeMap<>();
    int most = Math.max(1, needed);
    for (Ruled each : ruled) {
      if (each.ruling().kind() == kind && each.against(verdict, environment, now) == null) {
        most = Math.max(most, each.ruling().needed());
        people.merge(
            each.ruling().author(),
            each.ruling(),
            (one, other) -> one.end().isBefore(other.end()) ? other : one);
      }
    }
    List<Ruling> counting = new ArrayList<>(people.values());
    counting.sort(Comparator.comparing(Ruling::end).reversed().thenComparing(Ruling::id));
    return new Standing(kind, most, counting);
  }

  /** Whether enough people say so. */
  public boolean reached() {
    return counting.size() >= needed;
  }

  /** Until when enough people say so; null where they do not. */
  public @Nullable Instant until() {
    return reached() ? counting.get(needed - 1).end() : null;
  }
}
