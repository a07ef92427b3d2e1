package dev.assay.stats.compare;

import java.util.ArrayList;
import java.util.List;

/** Which runs were made next to each other. */
final class Pairing {

  private Pairing() {}

  /**
   * Pairs of the index of a baseline and of a candidate run; none unless the order consists of
   * pairs, such as {@code BCBC} or {@code BCCB}.
   */
  static int[][] of(String order, int baselines, int candidates) {
    List<int[]> pairs = new ArrayList<>();
    int b = 0;
    int c = 0;
    for (int i = 0; i < order.length(); i++) {
      char letter = order.charAt(i);
      if (letter == 'B') {
        b++;
      } else if (letter == 'C') {
        c++;
      } else {
        throw new IllegalArgumentException(
            "an order has a B for each run of the baseline and a C for each of the candidate, not '"
                + letter
                + "'");
      }
      if (i % 2 == 1 && b == c && order.charAt(i - 1) != letter) {
        pairs.add(new int[] {b - 1, c - 1});
      }
    }
    if (!order.isEmpty() && (b != baselines || c != candidates)) {
      throw new IllegalArgumentException(
          "the order '"
              + order
              + "' has "
              + b
              + " B and "
              + c
              + " C, but there are "
              + baselines
              + " runs of the baseline and "
              + candidates
              + " of the candidate");
    }
    return b == c && pairs.size() == b ? pairs.toArray(int[][]::new) : new int[0][];
  }
}
