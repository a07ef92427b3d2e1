package dev.assay.api.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name that a misspelt one most likely meant ("did you mean"). */
public final class Nearest {

  private Nearest() {}

  /**
   * The candidate with the least edit distance (optimal string alignment, case folded), if it is at
   * most a third of the longer name's length away, and at least one edit is allowed.
   */
  public static Optional<String> to(String name, Collection<String> candidates) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      int allowed = Math.max(1, Math.max(name.length(), candidate.length()) / 3);
      if (distance <= allowed && distance < least) {
        best = candidate;
        least = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** A mend that names the nearest candidate, or all of them where none is near. */
  public static String mend(String name, Collection<String> candidates) {
    return to(name, candidates)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() ->
            candidates.isEmpty()
                ? "remove it; nothing can stand here"
                : "use one of: " + String.join(", ", candidates));
  }

  private static int distance(String left, String right) {
    if (left.length() > 200 || right.length() > 200) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= right.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      for (int j = 1; j <= right.length(); j++) {
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[left.length()][right.length()];
  }
}
