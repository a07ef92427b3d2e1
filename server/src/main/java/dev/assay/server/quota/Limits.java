package dev.assay.server.quota;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The quotas of a project. Immutable.
 *
 * @param most how much of each it may have, at least 0; what is missing is without end
 */
public record Limits(Map<Quota, Long> most) {

  /** Nothing is bounded. */
  public static final Limits NONE = new Limits(Map.of());

  /** Copies the map. */
  public Limits {
    EnumMap<Quota, Long> copy = new EnumMap<>(Quota.class);
    copy.putAll(most);
    most = Collections.unmodifiableMap(copy);
  }

  /** How much of something; null where it is without end. */
  public @Nullable Long of(Quota quota) {
    return most.get(quota);
  }

  /** Whether so much is more than there may be. */
  public boolean exceeded(Quota quota, long there) {
    Long bound = most.get(quota);
    return bound != null && there > bound;
  }

  /** What is wrong with them, as a sentence; null for nothing. */
  public @Nullable String wrong() {
    for (Map.Entry<Quota, Long> each : most.entrySet()) {
      long least = each.getKey() == Quota.REQUESTS ? 1 : 0;
      if (each.getValue() < least || each.getValue() > Quota.MOST) {
        return each.getKey().title()
            + ": "
            + each.getValue()
            + " is no quota; it is a whole number from "
            + least
            + " to "
            + Quota.MOST
            + ", or nothing for no end.";
      }
    }
    return null;
  }
}
